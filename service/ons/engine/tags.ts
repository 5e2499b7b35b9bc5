import { ONS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { TaggedType } from "../../../contract/ons/params.ts";
import type { CallContext } from "../../core/kit/action.ts";
import { type KeyAndValue, putTagsOnAll } from "../../core/kit/tags.ts";
import type { Tag } from "../entities.ts";
import { onsStore } from "../store.ts";
import { groupOf, instanceOf, topicOf } from "./find.ts";

/** What a tag hangs on. */
type Tagged = Pick<Tag, "type" | "instanceId" | "resourceId">;

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
export function putTags(ctx: CallContext, tagged: readonly Tagged[], tags: readonly KeyAndValue[]): void {
  const store = onsStore(ctx.store);
  const things = tagged.map((thing) => ({
    name: thing.resourceId,
    put: (tag: KeyAndValue) => store.putTag({ ...thing, ...tag }),
    tags: () => store.tags(thing.type, thing.instanceId, thing.resourceId),
  }));
  putTagsOnAll(ctx.store, things, tags, (detail) =>
    serviceError(ONS_ERRORS.InvalidParameter, { parameter: "Tag", detail: `${detail}.` }),
  );
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
