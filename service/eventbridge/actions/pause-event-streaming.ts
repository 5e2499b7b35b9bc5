/* PauseEventStreaming, version 2020-04-01: stops a stream; it keeps its place in the source. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { lifecycleOf } from "../engine/lifecycle.ts";
import { streamOf } from "../engine/streams.ts";
import { streamParams } from "../params.ts";

export const pauseEventStreaming = defineAction({
  name: "PauseEventStreaming",
  kind: "write",
  summary: "Pauses an event stream.",
  request: z.object(streamParams),
  handler(ctx, input) {
    ctx.store.transaction(() => lifecycleOf(ctx).pause(streamOf(ctx, input.EventStreamingName)));
    return {};
  },
});
