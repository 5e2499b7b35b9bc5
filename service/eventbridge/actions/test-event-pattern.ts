import { patternMatcher } from "../../../contract/eventbridge/pattern.ts";
import { testEventPattern as published } from "../../../contract/eventbridge/trials.ts";
import { defineAction } from "../../core/kit/action.ts";

export const testEventPattern = defineAction(published, (_ctx, input) => ({
  Data: { Result: patternMatcher(input.EventPattern)(input.Event) },
}));
