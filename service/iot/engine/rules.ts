import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Rule, RuleAction } from "../entities.ts";
import { iotStore } from "../store.ts";
import { isAt, type PlaceInput, placeOf } from "./place.ts";

/** The rule that a call names. */
export function ruleOf(ctx: CallContext, input: PlaceInput, ruleId: number): Rule {
  const place = placeOf(ctx, input);
  const rule = iotStore(ctx.store).rule(ruleId);
  if (rule && isAt(rule, place, input)) return rule;
  throw serviceError(IOT_ERRORS.RuleNotFound, { parameter: "RuleId", detail: `Asked for ${ruleId}.` });
}

export function ruleActionOf(ctx: CallContext, input: PlaceInput, actionId: number): RuleAction {
  const place = placeOf(ctx, input);
  const store = iotStore(ctx.store);
  const action = store.ruleAction(actionId);
  const rule = action && store.rule(action.ruleId);
  if (action && rule && isAt(rule, place, input)) return action;
  throw serviceError(IOT_ERRORS.RuleActionNotFound, {
    parameter: "ActionId",
    detail: `Asked for ${actionId}.`,
  });
}
