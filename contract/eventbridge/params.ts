import { z } from "zod";
import { streamDescription, streamName } from "../limits/eventbridge.ts";
import { refuse } from "../limits/text.ts";
import { jsonText, optional, text, textOrEmpty } from "../params.ts";
import { runOptions, streamSink, streamSource, streamTransforms } from "./configuration.ts";
import { patternTextProblem } from "./pattern.ts";

/** RegionId is in the host name of the real service; most clients send none. */
export const commonParams = { RegionId: optional(text()) };

export const streamParams = { ...commonParams, EventStreamingName: text(streamName) };

/** Has to be sent, and may be empty: then all events match (MQ-12). */
export const patternParam = textOrEmpty().superRefine((value, ctx) => {
  const problem = patternTextProblem(value);
  if (!problem) return;
  refuse(ctx, problem.at === "" ? problem.text : `at ${problem.at}: ${problem.text}`, problem.rule);
});

/** What a stream is made of. */
export const streamRequest = z.object({
  ...streamParams,
  Description: z.optional(streamDescription),
  FilterPattern: patternParam,
  Source: jsonText(streamSource),
  Sink: jsonText(streamSink),
  RunOptions: optional(jsonText(runOptions)),
  Transforms: optional(jsonText(streamTransforms)),
});
export type StreamRequest = z.output<typeof streamRequest>;

/** A tag that is looked for; without a value any value will do. */
export const tagFilter = z.object({ Key: text(), Value: z.optional(textOrEmpty()) });
