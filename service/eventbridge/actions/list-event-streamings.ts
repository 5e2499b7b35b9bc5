/* ListEventStreamings, version 2020-04-01: the streams of a region (of all where the call names none), oldest first. Data.NextToken only when more follows. */
import { z } from "zod";
import { sinkPlace } from "../../../contract/eventbridge/stream.ts";
import { queueOfArn } from "../../../contract/limits/eventbridge.ts";
import { integer, list, optional, text, textOrEmpty, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { configurationOf } from "../engine/streams.ts";
import { hasTags } from "../engine/tags.ts";
import { invalidArgument } from "../envelope.ts";
import { commonParams } from "../params.ts";
import { eventbridgeStore } from "../store.ts";
import { streamFields } from "../views/stream.ts";

const limitMax = 100;
const tagParam = z.object({ Key: text(), Value: z.optional(textOrEmpty()) });

export const listEventStreamings = defineAction({
  name: "ListEventStreamings",
  kind: "read",
  summary: "Lists event streams.",
  partial: "SinkArn finds RocketMQ topics; SourceArn has no effect",
  request: z.object({
    ...commonParams,
    Limit: withDefault(integer({ min: 1, max: limitMax }), limitMax),
    NextToken: optional(text()),
    NamePrefix: optional(text()),
    SinkArn: optional(text()),
    SourceArn: optional(text()),
    Tags: optional(list(tagParam, { max: 20 })),
  }),
  handler(ctx, input) {
    const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
    if (!Number.isSafeInteger(from) || from < 0) {
      throw invalidArgument("NextToken is none that was given out", "NextToken");
    }
    const store = eventbridgeStore(ctx.store);
    const queue = input.SinkArn === undefined ? undefined : queueOfArn(input.SinkArn);
    const wanted = store.streams(ctx.namedRegion).filter((stream) => {
      if (!stream.name.startsWith(input.NamePrefix ?? "")) return false;
      if (input.Tags?.length && !hasTags(store.tags(stream.region, stream.name), input.Tags)) return false;
      if (input.SinkArn === undefined) return true;
      const place = sinkPlace(configurationOf(ctx, stream).Sink);
      return place?.instance === queue?.instance && place?.topic === queue?.topic && queue !== undefined;
    });
    const end = from + input.Limit;
    return {
      Data: {
        EventStreamings: wanted.slice(from, end).map((stream) => streamFields(ctx, stream)),
        ...(end < wanted.length ? { NextToken: String(end) } : {}),
        Total: wanted.length,
      },
    };
  },
});
