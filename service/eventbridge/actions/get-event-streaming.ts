/*
 * GetEventStreaming, version 2020-04-01: a stream as it was put, with its state. What a failed start found wrong is
 * in DetailedStatus.Extensions.ErrorMessage; a chosen name, because none is published.
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { streamOf } from "../engine/streams.ts";
import { streamParams } from "../params.ts";
import { detailedStatus, streamFields } from "../views/stream.ts";

export const getEventStreaming = defineAction({
  name: "GetEventStreaming",
  kind: "read",
  summary: "Describes an event stream, its state and what is wrong with it.",
  partial: "no DelayTime, DiffOffset, TPS yet",
  request: z.object(streamParams),
  handler(ctx, input) {
    const stream = streamOf(ctx, input.EventStreamingName);
    return { Data: { ...streamFields(ctx, stream), DetailedStatus: detailedStatus(stream) } };
  },
});
