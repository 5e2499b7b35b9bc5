/*
 * TransferPayType, version 2020-01-01: changes how an instance is paid for. EndTime is seconds as text, and is
 * left out of the answer for a pay-as-you-go instance.
 */
import { z } from "zod";
import { jobIdParams, payWord, periodWord } from "../../../contract/dts/params.ts";
import { holds, needs } from "../../../contract/limits/condition.ts";
import { integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { transferPayment } from "../engine/payment.ts";
import { jobOf } from "../job-of.ts";

export const transferPayType = defineAction({
  name: "TransferPayType",
  kind: "write",
  summary: "Changes how an instance is paid for.",
  request: z
    .object({
      ...jobIdParams,
      ChargeType: text(payWord),
      Period: withDefault(text(periodWord), "Month"),
      BuyCount: optional(integer({ min: 1 })),
      InstanceClass: optional(text()),
    })
    .superRefine(
      holds((input) => [
        needs(input.ChargeType === "PrePaid", input.BuyCount, ["BuyCount"], "with ChargeType PrePaid"),
      ]),
    ),
  handler(ctx, input) {
    const term = { unit: input.Period, count: input.BuyCount ?? 1 };
    const job = transferPayment(ctx, jobOf(ctx, input).jobId, input.ChargeType, term, input.InstanceClass);
    const end = job.expiresAtMs === undefined ? {} : { EndTime: String(Math.floor(job.expiresAtMs / 1000)) };
    return { ChargeType: job.payType, DtsJobId: job.jobId, InstanceId: job.instanceId, ...end };
  },
});
