import { transferPayType as published } from "../../../contract/dts/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { transferPayment } from "../engine/payment.ts";
import { jobOf } from "../job-of.ts";

export const transferPayType = defineAction(published, (ctx, input) => {
  const term = { unit: input.Period, count: input.BuyCount ?? 1 };
  const job = transferPayment(ctx, jobOf(ctx, input).jobId, input.ChargeType, term, input.InstanceClass);
  const end = job.expiresAtMs === undefined ? {} : { EndTime: String(Math.floor(job.expiresAtMs / 1000)) };
  return { ChargeType: job.payType, DtsJobId: job.jobId, InstanceId: job.instanceId, ...end };
});
