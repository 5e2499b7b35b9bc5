import { z } from "zod";
import { patternTextProblem } from "../../contract/eventbridge/pattern.ts";
import { runOptions, streamSink, streamSource, streamTransforms } from "../../contract/eventbridge/stream.ts";
import { streamDescription, streamName } from "../../contract/limits/eventbridge.ts";
import { jsonText, list, optional, text, textOrEmpty } from "../../contract/params.ts";
import { streamResourceType } from "./engine/tags.ts";

/** RegionId is in the host name of the real service; most clients send none. */
export const commonParams = { RegionId: optional(text()) };

export const streamParams = { ...commonParams, EventStreamingName: text(streamName) };

/** Has to be sent, and may be empty: then all events match (MQ-12). */
export const patternRule = textOrEmpty().superRefine((value, ctx) => {
  const problem = patternTextProblem(value);
  if (!problem) return;
  const message = problem.at === "" ? problem.text : `at ${problem.at}: ${problem.text}`;
  ctx.addIssue({ code: "custom", message });
});

/** What a stream is made of. */
export const definitionParams = {
  ...streamParams,
  Description: z.optional(streamDescription),
  FilterPattern: patternRule,
  Source: jsonText(streamSource),
  Sink: jsonText(streamSink),
  RunOptions: optional(jsonText(runOptions)),
  Transforms: optional(jsonText(streamTransforms)),
};

export const resourceType = text(z.literal(streamResourceType, { error: `must be ${streamResourceType}` }));

/** What tags are put on or taken off: streams by name or ARN. */
export const taggedParams = {
  ...commonParams,
  ResourceType: optional(z.literal(streamResourceType, { error: `must be ${streamResourceType}` })),
  ResourceId: list(text(), { min: 1, max: 50 }),
};
