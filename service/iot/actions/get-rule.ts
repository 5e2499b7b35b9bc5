/* GetRule, version 2018-01-20: one rule by its id. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";
import { ruleFields } from "../views/rule.ts";

export const getRule = defineAction({
  name: "GetRule",
  kind: "read",
  summary: "Describes a data forwarding rule.",
  request: z.object({ ...commonParams, RuleId: longId }),
  handler(ctx, input) {
    const rule = ruleOf(ctx, input, input.RuleId);
    const topicType = rule.topicType === undefined ? {} : { TopicType: rule.topicType };
    return { RuleInfo: { ...ruleFields(ctx, rule), ...topicType } };
  },
});
