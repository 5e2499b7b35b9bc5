import { listRuleActions as published } from "../../../contract/iot/rule-actions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { iotStore } from "../store.ts";
import { listedRuleActionFields } from "../views/rule.ts";

export const listRuleActions = defineAction(published, (ctx, input) => {
  const { ruleId } = ruleOf(ctx, input, input.RuleId);
  const actions = iotStore(ctx.store).ruleActions(ruleId);
  return {
    RuleActionList: { RuleActionInfo: actions.map((action) => listedRuleActionFields(ctx, action)) },
  };
});
