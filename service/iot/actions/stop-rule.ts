import { stopRule as published } from "../../../contract/iot/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { ruleOf } from "../engine/rules.ts";
import { iotStore } from "../store.ts";

/** A rule that does not run stays so. */
export const stopRule = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const rule = ruleOf(ctx, input, input.RuleId);
    iotStore(ctx.store).updateRule({ ...rule, status: "STOP", updatedAtMs: ctx.clock.now() });
  });
  return {};
});
