/* EnableMetricRules, version 2019-01-01: switches rules; where one does not exist none is switched. */
import { z } from "zod";
import { list, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { setEnabled } from "../engine/rules.ts";
import { commonParams } from "../params.ts";

export const enableMetricRules = defineAction({
  name: "EnableMetricRules",
  kind: "write",
  summary: "Enables alert rules.",
  request: z.object({ ...commonParams, RuleId: list(text(), { min: 1, max: 100 }) }),
  handler(ctx, input) {
    setEnabled(ctx, input.RuleId, true);
    return {};
  },
});
