/* StopRule, version 2018-01-20: stops a rule. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";

export const stopRule = defineAction({
  name: "StopRule",
  kind: "write",
  summary: "Stops a data forwarding rule.",
  request: z.object({ ...commonParams, RuleId: longId }),
  handler(ctx, input) {
    engine.stopRule(ctx, input, input.RuleId);
    return {};
  },
});
