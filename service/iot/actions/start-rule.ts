/* StartRule, version 2018-01-20: starts a rule; it needs a topic, a SELECT and an action. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";
import { commonParams, longId } from "../params.ts";

export const startRule = defineAction({
  name: "StartRule",
  kind: "write",
  summary: "Starts a data forwarding rule.",
  request: z.object({ ...commonParams, RuleId: longId }),
  handler(ctx, input) {
    engine.startRule(ctx, input, input.RuleId);
    return {};
  },
});
