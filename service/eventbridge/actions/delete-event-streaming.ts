import { deleteEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { defineAction } from "../../core/kit/action.ts";
import { lifecycleOf } from "../engine/lifecycle.ts";
import { streamOf } from "../engine/streams.ts";
import { eventbridgeStore } from "../store.ts";

export const deleteEventStreaming = defineAction(published, async (ctx, input) => {
  const { plane } = lifecycleOf(ctx);
  const deleted = ctx.store.transaction(() => {
    const stream = streamOf(ctx, input.EventStreamingName);
    eventbridgeStore(ctx.store).deleteStream(stream.region, stream.name);
    plane.look(stream);
    return stream;
  });
  await plane.stopped(deleted);
  return {};
});
