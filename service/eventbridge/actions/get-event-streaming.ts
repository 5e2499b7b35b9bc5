import { getEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { defineAction } from "../../core/kit/action.ts";
import { streamOf } from "../engine/streams.ts";
import { detailedStatus, streamFields } from "../views/stream.ts";

export const getEventStreaming = defineAction(published, (ctx, input) => {
  const stream = streamOf(ctx, input.EventStreamingName);
  return { Data: { ...streamFields(ctx, stream), DetailedStatus: detailedStatus(ctx, stream) } };
});
