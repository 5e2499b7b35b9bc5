import { putResourceMetricRule as published } from "../../../contract/cms/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putRule } from "../engine/rules.ts";
import { ruleInput } from "../rule-input.ts";

export const putResourceMetricRule = defineAction(published, (ctx, input) => {
  putRule(ctx, ruleInput(input));
  return {};
});
