import { tagResources as published } from "../../../contract/eventbridge/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putTagsOnAll } from "../../core/kit/tags.ts";
import { taggedStreams } from "../engine/tags.ts";
import type { Tag } from "../entities.ts";
import { invalidArgument } from "../envelope.ts";
import { eventbridgeStore } from "../store.ts";

/** Puts every tag on every stream, or none on any. */
export const tagResources = defineAction(published, (ctx, input) => {
  const store = eventbridgeStore(ctx.store);
  const things = taggedStreams(ctx, input.ResourceId).map(({ region, name }) => ({
    name,
    put: (tag: Tag) => store.putTag(region, name, tag),
    tags: () => store.tags(region, name),
  }));
  const tags = input.Tag.map((tag) => ({ key: tag.Key, value: tag.Value ?? "" }));
  putTagsOnAll(ctx.store, things, tags, (detail) => invalidArgument(`Tag: ${detail}`, "Tag"));
  return {};
});
