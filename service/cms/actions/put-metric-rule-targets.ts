import { putMetricRuleTargets as published } from "../../../contract/cms/targets.ts";
import { isTargetArn, TARGET_ARNS } from "../../../contract/limits/cms.ts";
import { withRule } from "../../../contract/validation/refusal.ts";
import { defineAction } from "../../core/kit/action.ts";
import { putTargets, ruleOf } from "../engine/rules.ts";

/** A malformed ARN is told in an answer with HTTP 200. */
export const putMetricRuleTargets = defineAction(published, (ctx, { RuleId: ruleId, Targets: targets }) => {
  ruleOf(ctx, ruleId);
  const malformed = targets.filter(({ Arn }) => !isTargetArn(Arn));
  if (malformed.length === 0) {
    putTargets(
      ctx,
      ruleId,
      targets.map((one) => ({ id: one.Id, arn: one.Arn, level: one.Level, jsonParams: one.JsonParams })),
    );
    return {};
  }
  const forms = Object.values(TARGET_ARNS).map(({ form }) => form);
  return {
    Success: false,
    Code: "400",
    Message: withRule(
      `Targets.${targets.findIndex((one) => malformed.includes(one)) + 1}.Arn must read ${forms.join(" or ")}; nothing was stored`,
      "ALR-10",
    ),
    FailData: { Targets: { Target: malformed.map(({ Id, Arn, Level }) => ({ Id, Arn, Level })) } },
  };
});
