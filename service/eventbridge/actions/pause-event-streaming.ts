import { pauseEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { serveAction } from "../../core/kit/action.ts";
import { lifecycleOf } from "../engine/lifecycle.ts";
import { streamOf } from "../engine/streams.ts";

export const pauseEventStreaming = serveAction(published, (ctx, input) => {
  ctx.store.transaction(() => lifecycleOf(ctx).pause(streamOf(ctx, input.EventStreamingName)));
  return {};
});
