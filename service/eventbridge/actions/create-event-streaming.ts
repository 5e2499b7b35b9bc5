/* CreateEventStreaming, version 2020-04-01: makes a stream that does not run yet. Tags in the call have no effect. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { arnOf, createStream } from "../engine/streams.ts";
import { definitionParams } from "../params.ts";

export const createEventStreaming = defineAction({
  name: "CreateEventStreaming",
  kind: "write",
  summary: "Makes an event stream, for example an inflow task from change tracking to RocketMQ.",
  request: z.object(definitionParams),
  handler(ctx, input) {
    const stream = createStream(ctx, {
      name: input.EventStreamingName,
      description: input.Description,
      filterPattern: input.FilterPattern,
      Source: input.Source,
      Sink: input.Sink,
      RunOptions: input.RunOptions,
      Transforms: input.Transforms,
    });
    return { Data: { EventStreamingARN: arnOf(stream) } };
  },
});
