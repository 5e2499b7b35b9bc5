/* DeleteRule, version 2018-01-20: deletes a rule with its actions. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";

export const deleteRule = defineAction({
  name: "DeleteRule",
  kind: "write",
  summary: "Deletes a data forwarding rule with its actions.",
  request: z.object({ ...commonParams, RuleId: longId }),
  handler(ctx, input) {
    engine.deleteRule(ctx, input, input.RuleId);
    return {};
  },
});
