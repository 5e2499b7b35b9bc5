import { deleteRule as published } from "../../../contract/iot/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { iotStore } from "../store.ts";

export const deleteRule = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => iotStore(ctx.store).deleteRule(ruleOf(ctx, input, input.RuleId).ruleId));
  return {};
});
