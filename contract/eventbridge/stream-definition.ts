import { z } from "zod";
import { streamDescription } from "../limits/eventbridge.ts";
import { refuse } from "../limits/text.ts";
import { once } from "../once.ts";
import { jsonText, optional, textOrEmpty } from "../params.ts";
import { eventbridgeAction, METADATA, outcome } from "./actions-of.ts";
import { runOptions, streamSink, streamSource, streamTransforms } from "./configuration.ts";
import { streamParams } from "./params.ts";
import { patternTextProblem } from "./pattern.ts";

/** What an event stream is made of. Apart from the other actions, whose callers need no JSONPath to be loaded. */

const published = {
  source: METADATA,
  testedBy: ["test/service/eventbridge/clients.test.ts", "test/service/eventbridge/limits.test.ts"],
} as const;

/** Has to be sent, and may be empty: then all events match (MQ-12). */
export const patternParam = once(() =>
  textOrEmpty().superRefine((value, ctx) => {
    const problem = patternTextProblem(value);
    if (!problem) return;
    refuse(ctx, problem.at === "" ? problem.text : `at ${problem.at}: ${problem.text}`, problem.rule);
  }),
);

/** What a stream is made of. */
const streamRequest = () =>
  z.object({
    ...streamParams(),
    Description: z.optional(streamDescription),
    FilterPattern: patternParam(),
    Source: jsonText(streamSource()),
    Sink: jsonText(streamSink()),
    RunOptions: optional(jsonText(runOptions())),
    Transforms: optional(jsonText(streamTransforms())),
  });
export type StreamRequest = z.output<ReturnType<typeof streamRequest>>;

/** The stream does not run yet. */
export const createEventStreaming = eventbridgeAction({
  ...published,
  name: "CreateEventStreaming",
  kind: "write",
  summary: "Makes an event stream, for example an inflow task from change tracking to RocketMQ.",
  coverage: { missing: "Tags have no effect" },
  request: streamRequest,
  answer: { ...outcome, Data: { EventStreamingARN: "string" } },
});

/** Description, run options and transforms that are not sent stay. */
export const updateEventStreaming = eventbridgeAction({
  ...published,
  name: "UpdateEventStreaming",
  kind: "write",
  summary: "Changes an event stream and keeps its run state.",
  coverage: "whole",
  request: streamRequest,
  answer: outcome,
});
