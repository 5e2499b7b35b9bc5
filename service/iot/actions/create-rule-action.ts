/*
 * CreateRuleAction, version 2018-01-20: adds an action to a rule, at most 10. Type AMQP forwards to the
 * consumer group that Configuration names as groupId (IOT-9); the form of its Configuration is observed,
 * not published in the reference.
 */
import { z } from "zod";
import { flag, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";

export const createRuleAction = defineAction({
  name: "CreateRuleAction",
  kind: "write",
  summary: "Adds an action to a rule, for example one that forwards to a consumer group.",
  partial: "only AMQP forwards; the other types are kept and given back",
  request: z.object({
    ...commonParams,
    RuleId: longId,
    Type: text(),
    Configuration: text(),
    ErrorActionFlag: withDefault(flag(), false),
  }),
  handler(ctx, input) {
    const action = engine.createRuleAction(ctx, input, {
      ruleId: input.RuleId,
      type: input.Type,
      configuration: input.Configuration,
      errorAction: input.ErrorActionFlag,
    });
    return { ActionId: action.actionId };
  },
});
