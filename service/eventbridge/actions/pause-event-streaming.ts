import { pauseEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { defineAction } from "../../core/kit/action.ts";
import { lifecycleOf } from "../engine/lifecycle.ts";
import { streamOf } from "../engine/streams.ts";

export const pauseEventStreaming = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => lifecycleOf(ctx).pause(streamOf(ctx, input.EventStreamingName)));
  return {};
});
