import { deleteEventStreaming as published } from "../../../contract/eventbridge/streams.ts";
import { defineAction } from "../../core/kit/action.ts";
import { streamOf } from "../engine/streams.ts";
import { eventbridgeStore } from "../store.ts";

export const deleteEventStreaming = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const { region, name } = streamOf(ctx, input.EventStreamingName);
    eventbridgeStore(ctx.store).deleteStream(region, name);
  });
  return {};
});
