/*
 * StartEventStreaming, version 2020-04-01: starts a stream; one that runs or starts is left alone. The stream is
 * STARTING until source, sink and functions have been looked at, then RUNNING or STARTING_FAILED. A group that another
 * stream reads with is refused (DTS-2).
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { lifecycleOf } from "../engine/lifecycle.ts";
import { streamOf } from "../engine/streams.ts";
import { streamParams } from "../params.ts";

export const startEventStreaming = defineAction({
  name: "StartEventStreaming",
  kind: "write",
  summary: "Starts an event stream after looking at its source, sink and functions.",
  partial: "only change tracking to RocketMQ starts, and a running stream does not move data yet",
  request: z.object(streamParams),
  handler(ctx, input) {
    ctx.store.transaction(() => lifecycleOf(ctx).start(streamOf(ctx, input.EventStreamingName)));
    return {};
  },
});
