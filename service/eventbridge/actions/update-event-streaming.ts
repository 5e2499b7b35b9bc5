import { updateEventStreaming as published } from "../../../contract/eventbridge/stream-definition.ts";
import { defineAction } from "../../core/kit/action.ts";
import { updateStream } from "../engine/streams.ts";

export const updateEventStreaming = defineAction(published, (ctx, input) => {
  updateStream(ctx, input);
  return {};
});
