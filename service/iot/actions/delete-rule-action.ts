import { deleteRuleAction as published } from "../../../contract/iot/rule-actions.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";

export const deleteRuleAction = serveAction(published, (ctx, input) => {
  engine.deleteRuleAction(ctx, input, input.ActionId);
  return {};
});
