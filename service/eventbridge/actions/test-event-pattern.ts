/* TestEventPattern, version 2020-04-01: says whether an event matches a pattern. */
import { z } from "zod";
import { patternMatcher } from "../../../contract/eventbridge/pattern.ts";
import { jsonText, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { commonParams, patternRule } from "../params.ts";

export const testEventPattern = defineAction({
  name: "TestEventPattern",
  kind: "read",
  summary: "Says whether an event matches an event pattern.",
  request: z.object({
    ...commonParams,
    Event: jsonText(z.record(z.string(), z.unknown(), { error: "must be a JSON object" })),
    EventPattern: text(patternRule),
  }),
  handler: (_ctx, input) => ({ Data: { Result: patternMatcher(input.EventPattern)(input.Event) } }),
});
