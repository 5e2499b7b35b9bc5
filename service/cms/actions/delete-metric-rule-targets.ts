import { deleteMetricRuleTargets as published } from "../../../contract/cms/targets.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteTargets } from "../engine/rules.ts";

export const deleteMetricRuleTargets = defineAction(published, (ctx, input) => ({
  FailIds: { TargetIds: { TargetId: deleteTargets(ctx, input.RuleId, input.TargetIds) } },
}));
