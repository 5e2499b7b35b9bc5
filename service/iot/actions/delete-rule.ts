import { deleteRule as published } from "../../../contract/iot/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";

export const deleteRule = serveAction(published, (ctx, input) => {
  engine.deleteRule(ctx, input, input.RuleId);
  return {};
});
