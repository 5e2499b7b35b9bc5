import { enableMetricRules as published } from "../../../contract/cms/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import { setEnabled } from "../engine/rules.ts";

export const enableMetricRules = serveAction(published, (ctx, input) => {
  setEnabled(ctx, input.RuleId, true);
  return {};
});
