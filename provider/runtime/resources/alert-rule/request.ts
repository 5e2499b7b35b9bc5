import { COMPARISONS, EMAIL_REMARK_LABEL, type Level } from "../../../../contract/limits/cms.ts";
import { ALERT_METHODS, type AlertMethod } from "../../../schema/alert-parts.ts";
import { ALERT_PRODUCTS } from "../../../schema/alert-rule.ts";
import type { RuleRecord, RuleRequest } from "../../api/cms.ts";
import type { RuleInputs } from "./inputs.ts";
import { resourcesOf } from "./range.ts";

export const DEFAULT_METHODS: readonly AlertMethod[] = ["info"];

/**
 * The whole rule, because the call replaces it. What a rule had beside the inputs (when it was taken over, say) is
 * sent again, so that it stays.
 */
export function ruleRequest(inputs: RuleInputs, RuleId: string, present?: RuleRecord): RuleRequest {
  const { statistic, comparison, threshold, times } = inputs.trigger;
  const condition = {
    Statistics: statistic,
    ComparisonOperator: COMPARISONS[comparison],
    Threshold: String(threshold),
    Times: times,
  };
  const labels = [
    ...otherLabels(present),
    ...(inputs.emailRemark === undefined ? [] : [{ Key: EMAIL_REMARK_LABEL, Value: inputs.emailRemark }]),
  ];
  return {
    RuleId,
    RuleName: inputs.name,
    Namespace: ALERT_PRODUCTS[inputs.product],
    MetricName: inputs.metric,
    ContactGroups: inputs.contactGroups.join(","),
    Resources: JSON.stringify(resourcesOf(inputs.range)),
    Escalations: Object.fromEntries(levelsOf(inputs).map((level) => [level, condition])),
    Period: inputs.periodSeconds,
    SilenceTime: inputs.muteSeconds,
    EffectiveInterval: inputs.effectivePeriod,
    NoEffectiveInterval: present?.NoEffectiveInterval,
    NoDataPolicy: present?.NoDataPolicy as RuleRequest["NoDataPolicy"],
    EmailSubject: inputs.emailSubject,
    Webhook: inputs.callbackUrl,
    Labels: labels.length === 0 ? undefined : labels,
  };
}

export function levelsOf({ methods }: Pick<RuleInputs, "methods">): Level[] {
  return (methods ?? DEFAULT_METHODS).map((method) => ALERT_METHODS[method]);
}

function otherLabels(present: RuleRecord | undefined) {
  const labels = present?.Labels?.Labels ?? [];
  return labels.flatMap(({ Key = "", Value = "" }) => (Key === EMAIL_REMARK_LABEL ? [] : [{ Key, Value }]));
}
