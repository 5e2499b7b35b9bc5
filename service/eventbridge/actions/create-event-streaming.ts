import { createEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { serveAction } from "../../core/kit/action.ts";
import { arnOf, createStream } from "../engine/streams.ts";

export const createEventStreaming = serveAction(published, (ctx, input) => ({
  Data: { EventStreamingARN: arnOf(createStream(ctx, input)) },
}));
