import { ONS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { TAGS_MAX } from "../../../contract/limits/tags.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Tag, TaggedType } from "../entities.ts";
import { onsStore } from "../store.ts";
import { groupOf, instanceOf, topicOf } from "./find.ts";

/** What a tag hangs on. */
export type Tagged = Pick<Tag, "type" | "instanceId" | "resourceId">;

/** Finds what a tag call names. Throws as the look-up of each kind does. */
export function taggedOf(
  ctx: CallContext,
  type: TaggedType,
  instanceId: string | undefined,
  resourceIds: readonly string[],
): Tagged[] {
  if (type === "INSTANCE") {
    return resourceIds.map((id) => ({ type, instanceId: instanceOf(ctx, id).instanceId, resourceId: id }));
  }
  const instance = instanceOf(ctx, instanceId);
  return resourceIds.map((id) => {
    if (type === "TOPIC") topicOf(ctx, instance, id);
    else groupOf(ctx, instance, id);
    return { type, instanceId: instance.instanceId, resourceId: id };
  });
}

/** Puts every tag on each, or none on any. */
export function putTags(
  ctx: CallContext,
  things: readonly Tagged[],
  tags: readonly { key: string; value: string }[],
): void {
  const store = onsStore(ctx.store);
  ctx.store.transaction(() => {
    for (const thing of things) {
      for (const tag of tags) store.putTag({ ...thing, ...tag });
      const count = store.tags(thing.type, thing.instanceId, thing.resourceId).length;
      if (count > TAGS_MAX) {
        const detail = `${thing.resourceId} would have ${count} tags; at most ${TAGS_MAX} are allowed.`;
        throw serviceError(ONS_ERRORS.InvalidParameter, { parameter: "Tag", detail });
      }
    }
  });
}

/** Takes the keys off each; undefined takes all. */
export function takeTags(
  ctx: CallContext,
  things: readonly Tagged[],
  keys: readonly string[] | undefined,
): void {
  const store = onsStore(ctx.store);
  ctx.store.transaction(() => {
    for (const thing of things) {
      const present = store.tags(thing.type, thing.instanceId, thing.resourceId);
      for (const { key } of present) if (!keys || keys.includes(key)) store.deleteTag({ ...thing, key });
    }
  });
}
