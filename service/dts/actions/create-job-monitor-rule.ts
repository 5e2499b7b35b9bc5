import { createJobMonitorRule as published } from "../../../contract/dts/monitoring.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { thresholdCondition } from "../../../contract/limits/dts-task.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";

export const createJobMonitorRule = defineAction(published, (ctx, input) => {
  const { jobId } = jobOf(ctx, input);
  const store = dtsStore(ctx.store);
  ctx.store.transaction(() => {
    const present = store.rules(jobId).find((rule) => rule.type === input.Type);
    const state = input.State ?? present?.state ?? "Y";
    const delaySeconds = input.DelayRuleTime ?? present?.delaySeconds;
    const unmet = thresholdCondition({ type: input.Type, state, threshold: delaySeconds });
    if (unmet !== undefined) {
      throw serviceError(GATEWAY_ERRORS.Missing, {
        parameter: "DelayRuleTime",
        detail: `It ${unmet.text}.`,
      });
    }
    store.putRule({
      jobId,
      type: input.Type,
      state,
      phone: input.Phone ?? present?.phone ?? "",
      delaySeconds,
      noticeValue: input.NoticeValue ?? present?.noticeValue,
      periodMinutes: input.Period ?? present?.periodMinutes,
      times: input.Times ?? present?.times,
    });
  });
  return { DtsJobId: jobId };
});
