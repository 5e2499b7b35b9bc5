import { createRuleAction as published } from "../../../contract/iot/rule-actions.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";

export const createRuleAction = serveAction(published, (ctx, input) => {
  const action = engine.createRuleAction(ctx, input, {
    ruleId: input.RuleId,
    type: input.Type,
    configuration: input.Configuration,
    errorAction: input.ErrorActionFlag,
  });
  return { ActionId: action.actionId };
});
