import { deleteEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { serveAction } from "../../core/kit/action.ts";
import { deleteStream } from "../engine/streams.ts";

export const deleteEventStreaming = serveAction(published, (ctx, input) => {
  deleteStream(ctx, input.EventStreamingName);
  return {};
});
