/* DeleteEventStreaming, version 2020-04-01: deletes a stream in any state, with its tags. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { deleteStream } from "../engine/streams.ts";
import { streamParams } from "../params.ts";

export const deleteEventStreaming = defineAction({
  name: "DeleteEventStreaming",
  kind: "write",
  summary: "Deletes an event stream.",
  request: z.object(streamParams),
  handler(ctx, input) {
    deleteStream(ctx, input.EventStreamingName);
    return {};
  },
});
