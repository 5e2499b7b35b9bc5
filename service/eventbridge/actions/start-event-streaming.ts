import { startEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { defineAction } from "../../core/kit/action.ts";
import { lifecycleOf } from "../engine/lifecycle.ts";
import { streamOf } from "../engine/streams.ts";

export const startEventStreaming = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => lifecycleOf(ctx).start(streamOf(ctx, input.EventStreamingName)));
  return {};
});
