import { patternMatcher } from "../../../contract/eventbridge/pattern.ts";
import { testEventPattern as published } from "../../../contract/eventbridge/trials.ts";
import { serveAction } from "../../core/kit/action.ts";

export const testEventPattern = serveAction(published, (_ctx, input) => ({
  Data: { Result: patternMatcher(input.EventPattern)(input.Event) },
}));
