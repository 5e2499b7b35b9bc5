/* DeleteMetricRules, version 2019-01-01: deletes rules with their targets; one that does not exist is no failure. */
import { z } from "zod";
import { list, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteRules } from "../engine/rules.ts";
import { commonParams } from "../params.ts";

export const deleteMetricRules = defineAction({
  name: "DeleteMetricRules",
  kind: "write",
  summary: "Deletes alert rules with their targets.",
  request: z.object({ ...commonParams, Id: list(text(), { min: 1, max: 100 }) }),
  handler(ctx, input) {
    deleteRules(ctx, input.Id);
    return {};
  },
});
