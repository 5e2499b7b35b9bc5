import { renewInstance as published } from "../../../contract/dts/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { renew } from "../engine/payment.ts";
import { jobOf } from "../job-of.ts";
import { longTime } from "../views/time.ts";

export const renewInstance = defineAction(published, (ctx, input) => {
  const job = jobOf(ctx, input);
  const expiresAtMs = renew(ctx, job.jobId, { unit: input.Period, count: input.BuyCount });
  return {
    ChargeType: "PREPAY",
    DtsJobId: job.jobId,
    EndTime: longTime(expiresAtMs),
    InstanceId: job.instanceId,
  };
});
