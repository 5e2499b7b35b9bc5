import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { listTagResources as published } from "../../../contract/eventbridge/tags.ts";
import { STREAM_RESOURCE_TYPE } from "../../../contract/limits/eventbridge.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagPage } from "../../core/kit/tags.ts";
import { taggedStreams } from "../engine/tags.ts";
import { eventbridgeStore } from "../store.ts";
import { pageStart } from "../views/page.ts";

/** The tags of streams, or the streams that have tags. */
export const listTagResources = defineAction(published, (ctx, input) => {
  if (!input.ResourceId?.length && !input.Tag?.length) {
    throw serviceError(GATEWAY_ERRORS.Missing, {
      parameter: "ResourceId",
      detail: "Give ResourceId.N or Tag.N.Key.",
    });
  }
  const from = pageStart(input.NextToken);
  const store = eventbridgeStore(ctx.store);
  const streams = input.ResourceId?.length
    ? taggedStreams(ctx, input.ResourceId)
    : store.streams(ctx.namedRegion);
  const tags = streams.map(({ region, name }) => store.tags(region, name).map((tag) => ({ name, ...tag })));
  const { items, next } = tagPage(tags, input.Tag, from);
  return {
    NextToken: next,
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
