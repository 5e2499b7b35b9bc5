/* DescribeMetricRuleTargets, version 2019-01-01: the targets of a rule in the order in which they were added. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { commonParams } from "../params.ts";
import { cmsStore } from "../store.ts";
import { targetFields } from "../views/target.ts";

export const describeMetricRuleTargets = defineAction({
  name: "DescribeMetricRuleTargets",
  kind: "read",
  summary: "Lists the targets of an alert rule.",
  request: z.object({ ...commonParams, RuleId: text() }),
  handler(ctx, input) {
    const { ruleId } = ruleOf(ctx, input.RuleId);
    return { Targets: { Target: cmsStore(ctx.store).targets.of(ruleId).map(targetFields) } };
  },
});
