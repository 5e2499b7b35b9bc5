import { getRule as published } from "../../../contract/iot/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { ruleFields } from "../views/rule.ts";

export const getRule = defineAction(published, (ctx, input) => {
  const rule = ruleOf(ctx, input, input.RuleId);
  const topicType = rule.topicType === undefined ? {} : { TopicType: rule.topicType };
  return { RuleInfo: { ...ruleFields(ctx, rule), ...topicType } };
});
