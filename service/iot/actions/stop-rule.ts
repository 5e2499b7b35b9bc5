import { stopRule as published } from "../../../contract/iot/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";

export const stopRule = serveAction(published, (ctx, input) => {
  engine.stopRule(ctx, input, input.RuleId);
  return {};
});
