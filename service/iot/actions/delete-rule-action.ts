import { deleteRuleAction as published } from "../../../contract/iot/rule-actions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleActionOf } from "../engine/rules.ts";
import { iotStore } from "../store.ts";

export const deleteRuleAction = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const { actionId } = ruleActionOf(ctx, input, input.ActionId);
    iotStore(ctx.store).deleteRuleAction(actionId);
  });
  return {};
});
