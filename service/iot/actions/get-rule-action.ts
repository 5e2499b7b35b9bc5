import { getRuleAction as published } from "../../../contract/iot/rule-actions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleActionOf } from "../engine/rules.ts";
import { ruleActionFields } from "../views/rule.ts";

export const getRuleAction = defineAction(published, (ctx, input) => ({
  RuleActionInfo: ruleActionFields(ruleActionOf(ctx, input, input.ActionId)),
}));
