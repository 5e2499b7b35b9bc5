/* RenewInstance, version 2020-01-01: prolongs a prepaid instance by 1 to 60 months or 1 to 5 years. */
import { z } from "zod";
import { jobIdParams, payWord, periodWord } from "../../../contract/dts/params.ts";
import { integer, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { renew } from "../engine/payment.ts";
import { jobOf } from "../job-of.ts";
import { longTime } from "../views/time.ts";

export const renewInstance = defineAction({
  name: "RenewInstance",
  kind: "write",
  summary: "Prolongs a prepaid instance.",
  request: z.object({
    ...jobIdParams,
    ChargeType: text(payWord).refine((type) => type === "PrePaid", { error: "must be PREPAY" }),
    Period: withDefault(text(periodWord), "Month"),
    BuyCount: withDefault(integer({ min: 1 }), 1),
  }),
  handler(ctx, input) {
    const job = jobOf(ctx, input);
    const expiresAtMs = renew(ctx, job.jobId, { unit: input.Period, count: input.BuyCount });
    return {
      ChargeType: "PREPAY",
      DtsJobId: job.jobId,
      EndTime: longTime(expiresAtMs),
      InstanceId: job.instanceId,
    };
  },
});
