import { deleteMetricRules as published } from "../../../contract/cms/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import { deleteRules } from "../engine/rules.ts";

export const deleteMetricRules = serveAction(published, (ctx, input) => {
  deleteRules(ctx, input.Id);
  return {};
});
