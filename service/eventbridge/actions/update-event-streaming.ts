import { updateEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { serveAction } from "../../core/kit/action.ts";
import { updateStream } from "../engine/streams.ts";

export const updateEventStreaming = serveAction(published, (ctx, input) => {
  updateStream(ctx, input);
  return {};
});
