import { disableMetricRules as published } from "../../../contract/cms/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { setEnabled } from "../engine/rules.ts";

export const disableMetricRules = defineAction(published, (ctx, input) => {
  setEnabled(ctx, input.RuleId, false);
  return {};
});
