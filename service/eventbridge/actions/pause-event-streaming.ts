import { pauseEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { defineAction } from "../../core/kit/action.ts";
import { lifecycleOf } from "../engine/lifecycle.ts";
import { streamOf } from "../engine/streams.ts";

export const pauseEventStreaming = defineAction(published, async (ctx, input) => {
  const lifecycle = lifecycleOf(ctx);
  const paused = ctx.store.transaction(() => {
    const stream = streamOf(ctx, input.EventStreamingName);
    lifecycle.pause(stream);
    return stream;
  });
  await lifecycle.plane.stopped(paused);
  return {};
});
