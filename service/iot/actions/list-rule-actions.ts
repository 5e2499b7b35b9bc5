/* ListRuleActions, version 2018-01-20: the actions of a rule, oldest first. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";
import { iotStore } from "../store.ts";
import { listedRuleActionFields } from "../views/rule.ts";

export const listRuleActions = defineAction({
  name: "ListRuleActions",
  kind: "read",
  summary: "Lists the actions of a rule.",
  request: z.object({ ...commonParams, RuleId: longId }),
  handler(ctx, input) {
    const { ruleId } = ruleOf(ctx, input, input.RuleId);
    const actions = iotStore(ctx.store).ruleActions(ruleId);
    return {
      RuleActionList: { RuleActionInfo: actions.map((action) => listedRuleActionFields(ctx, action)) },
    };
  },
});
