/*
 * PutResourceMetricRule, version 2019-01-01: makes an alert rule or replaces all of it but its targets and its
 * switch. Holds ALR-1 to ALR-7 and ALR-9.
 */
import { defineAction } from "../../core/kit/action.ts";
import { putRule } from "../engine/rules.ts";
import { ruleRequest, ruleWish } from "../rule-params.ts";

export const putResourceMetricRule = defineAction({
  name: "PutResourceMetricRule",
  kind: "write",
  summary: "Makes or replaces an alert rule.",
  partial:
    "rules are kept and do not fire yet; expressions over several metrics and PromQL are kept and not judged",
  request: ruleRequest,
  handler(ctx, input) {
    putRule(ctx, ruleWish(input));
    return {};
  },
});
