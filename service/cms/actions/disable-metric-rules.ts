import { disableMetricRules as published } from "../../../contract/cms/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import { setEnabled } from "../engine/rules.ts";

export const disableMetricRules = serveAction(published, (ctx, input) => {
  setEnabled(ctx, input.RuleId, false);
  return {};
});
