import { deleteMetricRules as published } from "../../../contract/cms/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteRules } from "../engine/rules.ts";

export const deleteMetricRules = defineAction(published, (ctx, input) => {
  deleteRules(ctx, input.Id);
  return {};
});
