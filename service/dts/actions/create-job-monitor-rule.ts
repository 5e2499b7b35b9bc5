/*
 * CreateJobMonitorRule, version 2020-01-01: sets a task's alert rule of one type; it is also the update.
 * The rules are kept and given back; nothing calls the phones.
 */
import { z } from "zod";
import { defineAction } from "../../core/action.ts";
import { integer, optional, text, withDefault } from "../../core/params.ts";
import { jobIdParams, jobOf } from "../params.ts";
import { dtsStore } from "../store.ts";

const types = ["delay", "error", "full_timeout"] as const;

export const createJobMonitorRule = defineAction({
  name: "CreateJobMonitorRule",
  kind: "write",
  summary: "Sets a task's alert rule of one type.",
  partial: "Rules are kept; nothing is sent to the phones.",
  request: z.object({
    ...jobIdParams,
    Type: withDefault(z.enum(types, { error: `must be one of ${types.join(", ")}` }), "error"),
    State: withDefault(z.enum(["Y", "N"], { error: "must be Y or N" }), "Y"),
    Phone: withDefault(text(), ""),
    DelayRuleTime: optional(integer({ min: 0 })),
    NoticeValue: optional(integer({ min: 0 })),
    Period: optional(integer({ min: 1 })),
    Times: optional(integer({ min: 1 })),
  }),
  handler(ctx, input) {
    const { jobId } = jobOf(ctx, input);
    dtsStore(ctx.store).putRule({
      jobId,
      type: input.Type,
      state: input.State,
      phone: input.Phone,
      delaySeconds: input.DelayRuleTime,
      noticeValue: input.NoticeValue,
      periodMinutes: input.Period,
      times: input.Times,
    });
    return { DtsJobId: jobId };
  },
});
