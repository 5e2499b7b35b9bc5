import { describeMetricRuleTargets as published } from "../../../contract/cms/targets.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { cmsStore } from "../store.ts";

export const describeMetricRuleTargets = defineAction(published, (ctx, input) => {
  const { ruleId } = ruleOf(ctx, input.RuleId);
  const targets = cmsStore(ctx.store).targets.of(ruleId);
  return {
    Targets: {
      Target: targets.map((one) => ({
        Id: one.id,
        Arn: one.arn,
        Level: one.level,
        JsonParams: one.jsonParams,
      })),
    },
  };
});
