/*
 * UpdateEventStreaming, version 2020-04-01: changes a stream and keeps its run state. Description, run options and
 * transforms that are not sent stay.
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { updateStream } from "../engine/streams.ts";
import { definitionParams } from "../params.ts";

export const updateEventStreaming = defineAction({
  name: "UpdateEventStreaming",
  kind: "write",
  summary: "Changes an event stream and keeps its run state.",
  request: z.object(definitionParams),
  handler(ctx, input) {
    updateStream(ctx, {
      name: input.EventStreamingName,
      description: input.Description,
      filterPattern: input.FilterPattern,
      Source: input.Source,
      Sink: input.Sink,
      RunOptions: input.RunOptions,
      Transforms: input.Transforms,
    });
    return {};
  },
});
