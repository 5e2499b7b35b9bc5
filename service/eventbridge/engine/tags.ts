import { EVENTBRIDGE_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/kit/action.ts";
import { putTagsOnAll } from "../../core/kit/tags.ts";
import type { Stream, Tag } from "../entities.ts";
import { invalidArgument } from "../envelope.ts";
import { eventbridgeStore } from "../store.ts";
import { arnOf, findStream } from "./streams.ts";

/** Puts every tag on every stream, or none on any. */
export function tagStreams(ctx: CallContext, ids: readonly string[], tags: readonly Tag[]): void {
  const store = eventbridgeStore(ctx.store);
  const things = taggedStreams(ctx, ids).map(({ region, name }) => ({
    name,
    put: (tag: Tag) => store.putTag(region, name, tag),
    tags: () => store.tags(region, name),
  }));
  putTagsOnAll(ctx.store, things, tags, (detail) => invalidArgument(`Tag: ${detail}`, "Tag"));
}

/** Takes the keys off every stream; undefined takes all. A key that is not there is no failure. */
export function untagStreams(
  ctx: CallContext,
  ids: readonly string[],
  keys: readonly string[] | undefined,
): void {
  const store = eventbridgeStore(ctx.store);
  ctx.store.transaction(() => {
    for (const { region, name } of taggedStreams(ctx, ids)) store.deleteTags(region, name, keys);
  });
}

/** Streams by name or ARN. */
export function taggedStreams(ctx: CallContext, ids: readonly string[]): Stream[] {
  return ids.map((id) => {
    const name = id.startsWith("acs:eventbridge:") ? id.slice(id.indexOf("/") + 1) : id;
    const stream = findStream(ctx, name);
    if (!stream || (name !== id && arnOf(stream) !== id)) {
      throw serviceError(EVENTBRIDGE_ERRORS.ResourceNotExist, { dynamicMessage: id });
    }
    return stream;
  });
}

/** Whether a stream has all of the tags; without a value any value will do. */
export function hasTags(
  present: readonly Tag[],
  wanted: readonly { readonly Key: string; readonly Value?: string | undefined }[],
): boolean {
  return wanted.every(({ Key, Value }) =>
    present.some((tag) => tag.key === Key && (Value === undefined || tag.value === Value)),
  );
}
