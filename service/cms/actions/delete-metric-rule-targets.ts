/*
 * DeleteMetricRuleTargets, version 2019-01-01: takes targets off a rule. Ids that the rule does not have come back in
 * FailIds; the others are taken off all the same.
 */
import { z } from "zod";
import { list, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteTargets } from "../engine/rules.ts";
import { commonParams } from "../params.ts";

export const deleteMetricRuleTargets = defineAction({
  name: "DeleteMetricRuleTargets",
  kind: "write",
  summary: "Takes targets off an alert rule.",
  request: z.object({ ...commonParams, RuleId: text(), TargetIds: list(text(), { min: 1, max: 100 }) }),
  handler(ctx, input) {
    return { FailIds: { TargetIds: { TargetId: deleteTargets(ctx, input.RuleId, input.TargetIds) } } };
  },
});
