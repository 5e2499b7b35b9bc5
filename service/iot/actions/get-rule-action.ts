/* GetRuleAction, version 2018-01-20: one action by its id. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { ruleActionOf } from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";
import { ruleActionFields } from "../views/rule.ts";

export const getRuleAction = defineAction({
  name: "GetRuleAction",
  kind: "read",
  summary: "Describes an action of a rule.",
  request: z.object({ ...commonParams, ActionId: longId }),
  handler(ctx, input) {
    return { RuleActionInfo: ruleActionFields(ruleActionOf(ctx, input, input.ActionId)) };
  },
});
