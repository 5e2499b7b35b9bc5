import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { startRule as published } from "../../../contract/iot/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { iotStore } from "../store.ts";

export const startRule = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const rule = ruleOf(ctx, input, input.RuleId);
    if (rule.status === "RUNNING") throw serviceError(IOT_ERRORS.RuleStarted);
    if (rule.select === "" || (rule.topic === "" && rule.shortTopic === "")) {
      throw serviceError(IOT_ERRORS.RuleWithoutSql, {
        detail: "A rule needs Select and a topic before it starts.",
      });
    }
    const store = iotStore(ctx.store);
    if (store.ruleActions(rule.ruleId).length === 0) throw serviceError(IOT_ERRORS.RuleWithoutAction);
    store.updateRule({ ...rule, status: "RUNNING", updatedAtMs: ctx.clock.now() });
  });
  return {};
});
