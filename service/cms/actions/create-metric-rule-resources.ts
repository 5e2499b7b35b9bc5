import { createMetricRuleResources as published } from "../../../contract/cms/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { addResources } from "../engine/rules.ts";

export const createMetricRuleResources = defineAction(published, (ctx, input) => {
  addResources(ctx, input.RuleId, input.Resources.list, input.Overwrite);
  return {};
});
