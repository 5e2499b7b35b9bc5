/* DeleteRuleAction, version 2018-01-20: deletes an action. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";

export const deleteRuleAction = defineAction({
  name: "DeleteRuleAction",
  kind: "write",
  summary: "Deletes an action of a rule.",
  request: z.object({ ...commonParams, ActionId: longId }),
  handler(ctx, input) {
    engine.deleteRuleAction(ctx, input, input.ActionId);
    return {};
  },
});
