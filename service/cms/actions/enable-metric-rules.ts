import { enableMetricRules as published } from "../../../contract/cms/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { setEnabled } from "../engine/rules.ts";

export const enableMetricRules = defineAction(published, (ctx, input) => {
  setEnabled(ctx, input.RuleId, true);
  return {};
});
