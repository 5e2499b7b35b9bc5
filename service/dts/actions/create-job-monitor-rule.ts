/*
 * CreateJobMonitorRule, version 2020-01-01: sets a task's alert rule of one type; it is also the update, and
 * clients then send only what they change: what is not sent stays.
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
    State: optional(z.enum(["Y", "N"], { error: "must be Y or N" })),
    Phone: optional(text()),
    DelayRuleTime: optional(integer({ min: 0 })),
    NoticeValue: optional(integer({ min: 0 })),
    Period: optional(integer({ min: 1 })),
    Times: optional(integer({ min: 1 })),
  }),
  handler(ctx, input) {
    const { jobId } = jobOf(ctx, input);
    const store = dtsStore(ctx.store);
    ctx.store.transaction(() => {
      const present = store.rules(jobId).find((rule) => rule.type === input.Type);
      store.putRule({
        jobId,
        type: input.Type,
        state: input.State ?? present?.state ?? "Y",
        phone: input.Phone ?? present?.phone ?? "",
        delaySeconds: input.DelayRuleTime ?? present?.delaySeconds,
        noticeValue: input.NoticeValue ?? present?.noticeValue,
        periodMinutes: input.Period ?? present?.periodMinutes,
        times: input.Times ?? present?.times,
      });
    });
    return { DtsJobId: jobId };
  },
});
