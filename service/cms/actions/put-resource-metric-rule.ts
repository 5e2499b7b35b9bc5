import { putResourceMetricRule as published } from "../../../contract/cms/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import { putRule } from "../engine/rules.ts";
import { ruleInput } from "../rule-input.ts";

export const putResourceMetricRule = serveAction(published, (ctx, input) => {
  putRule(ctx, ruleInput(input));
  return {};
});
