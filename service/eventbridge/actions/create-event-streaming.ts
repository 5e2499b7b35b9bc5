import { createEventStreaming as published } from "../../../contract/eventbridge/stream-definition.ts";
import { defineAction } from "../../core/kit/action.ts";
import { arnOf, createStream } from "../engine/streams.ts";

export const createEventStreaming = defineAction(published, (ctx, input) => ({
  Data: { EventStreamingARN: arnOf(createStream(ctx, input)) },
}));
