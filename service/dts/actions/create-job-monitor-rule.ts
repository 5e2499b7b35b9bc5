/*
 * CreateJobMonitorRule, version 2020-01-01: sets a task's alert rule of one type; it is also the update, and
 * clients then send only what they change: what is not sent stays.
 * The rules are kept and given back; nothing calls the phones.
 */
import { z } from "zod";
import { jobIdParams } from "../../../contract/dts/params.ts";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import {
  monitorType,
  phoneNumbers,
  statisticMinutes,
  thresholdCondition,
} from "../../../contract/limits/dts-task.ts";
import { integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";

export const createJobMonitorRule = defineAction({
  name: "CreateJobMonitorRule",
  kind: "write",
  summary: "Sets a task's alert rule of one type.",
  partial: "Rules are kept; nothing is sent to the phones.",
  request: z.object({
    ...jobIdParams,
    Type: withDefault(text(monitorType), "error"),
    State: optional(z.enum(["Y", "N"], { error: "must be Y or N" })),
    Phone: optional(text(phoneNumbers)),
    DelayRuleTime: optional(integer({ min: 0 })),
    NoticeValue: optional(integer({ min: 0 })),
    Period: optional(integer({ min: 1 }).pipe(statisticMinutes)),
    Times: optional(integer({ min: 1 })),
  }),
  handler(ctx, input) {
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
  },
});
