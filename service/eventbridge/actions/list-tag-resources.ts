import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { listTagResources as published } from "../../../contract/eventbridge/tags.ts";
import { STREAM_RESOURCE_TYPE } from "../../../contract/limits/eventbridge.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { taggedStreams } from "../engine/tags.ts";
import { eventbridgeStore } from "../store.ts";
import { pageFrom } from "../views/page.ts";

const PAGE_SIZE = 50;

/** The tags of streams, or the streams that have tags. */
export const listTagResources = defineAction(published, (ctx, input) => {
  if (!input.ResourceId?.length && !input.Tag?.length) {
    throw serviceError(GATEWAY_ERRORS.Missing, {
      parameter: "ResourceId",
      detail: "Give ResourceId.N or Tag.N.Key.",
    });
  }
  const page = pageFrom(input.NextToken, PAGE_SIZE);
  const store = eventbridgeStore(ctx.store);
  const streams = input.ResourceId?.length
    ? taggedStreams(ctx, input.ResourceId)
    : store.streams(ctx.namedRegion);
  const { items, next } = page(
    streams.flatMap(({ region, name }) => {
      const tags = store.tags(region, name);
      return hasTags(tags, input.Tag ?? []) ? tags.map((tag) => ({ name, ...tag })) : [];
    }),
  );
  return {
    ...next,
    TagResources: {
      TagResource: items.map(({ name, key, value }) => ({
        ResourceId: name,
        ResourceType: STREAM_RESOURCE_TYPE,
        TagKey: key,
        TagValue: value,
      })),
    },
  };
});
