/*
 * ListTagResources, version 2020-04-01: the tags of streams, or the streams that have tags.
 * TagResources.TagResource is there even without tags; NextToken only when more follows.
 */
import { z } from "zod";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { list, optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags, streamResourceType, taggedStreams } from "../engine/tags.ts";
import { invalidArgument } from "../envelope.ts";
import { commonParams, resourceType } from "../params.ts";
import { eventbridgeStore } from "../store.ts";

const pageSize = 50;
const tagParam = z.object({ Key: text(), Value: z.optional(textOrEmpty()) });

export const listTagResources = defineAction({
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of event streams.",
  request: z.object({
    ...commonParams,
    ResourceType: resourceType,
    ResourceId: optional(list(text(), { max: 50 })),
    Tag: optional(list(tagParam, { max: 20 })),
    NextToken: optional(text()),
  }),
  handler(ctx, input) {
    if (!input.ResourceId?.length && !input.Tag?.length) {
      throw serviceError(GATEWAY_ERRORS.Missing, {
        parameter: "ResourceId",
        detail: "Give ResourceId.N or Tag.N.Key.",
      });
    }
    const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
    if (!Number.isSafeInteger(from) || from < 0) {
      throw invalidArgument("NextToken is none that was given out", "NextToken");
    }
    const store = eventbridgeStore(ctx.store);
    const streams = input.ResourceId?.length
      ? taggedStreams(ctx, input.ResourceId)
      : store.streams(ctx.namedRegion);
    const rows = streams.flatMap(({ region, name }) => {
      const tags = store.tags(region, name);
      return hasTags(tags, input.Tag ?? []) ? tags.map((tag) => ({ name, ...tag })) : [];
    });
    const end = from + pageSize;
    return {
      ...(end < rows.length ? { NextToken: String(end) } : {}),
      TagResources: {
        TagResource: rows.slice(from, end).map(({ name, key, value }) => ({
          ResourceId: name,
          ResourceType: streamResourceType,
          TagKey: key,
          TagValue: value,
        })),
      },
    };
  },
});
