import { startRule as published } from "../../../contract/iot/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";

export const startRule = serveAction(published, (ctx, input) => {
  engine.startRule(ctx, input, input.RuleId);
  return {};
});
