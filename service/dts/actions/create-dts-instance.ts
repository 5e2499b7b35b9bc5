/*
 * CreateDtsInstance, version 2020-01-01: buys an instance with one task.
 * Published texts: https://help.aliyun.com/document_detail/208270.html
 * Not done: other types than SUBSCRIBE, a JobId that was configured before the purchase, dedicated clusters.
 */
import { z } from "zod";
import { commonParams, payWord, periodWord } from "../../../contract/dts/params.ts";
import { regionId } from "../../../contract/limits/dts.ts";
import {
  computeUnits,
  destinationEngine,
  feeType,
  topology,
  units,
} from "../../../contract/limits/dts-task.ts";
import { periodRefusal } from "../../../contract/limits/payment.ts";
import { wireEngineName } from "../../../contract/limits/source.ts";
import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import { flag, integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { invalidParameter } from "../engine/failures.ts";
import { createJob } from "../engine/jobs.ts";
import { addPeriod } from "../engine/pay.ts";

const request = z
  .object({
    ...commonParams,
    RegionId: optional(regionId),
    Type: optional(text()),
    JobId: optional(text()),
    PayType: text(payWord),
    Period: optional(text(periodWord)),
    UsedTime: optional(integer({ min: 1 })),
    SourceEndpointEngineName: withDefault(text(wireEngineName), "MySQL"),
    SourceRegion: optional(text()),
    DestinationEndpointEngineName: optional(text(destinationEngine)),
    DestinationRegion: optional(text()),
    InstanceClass: optional(text()),
    Quantity: withDefault(integer({ min: 1, max: 1 }), 1),
    AutoStart: optional(flag()),
    AutoPay: optional(flag()),
    DatabaseCount: optional(integer({ min: 1 })),
    Du: optional(integer().pipe(units)),
    ComputeUnit: optional(integer().pipe(computeUnits)),
    FeeType: optional(text(feeType)),
    SyncArchitecture: optional(text(topology)),
  })
  .superRefine((input, context) => {
    if (input.PayType !== "PrePaid") return;
    if (input.Period === undefined || input.UsedTime === undefined) {
      const path = [input.Period === undefined ? "Period" : "UsedTime"];
      context.addIssue({ code: "custom", path, message: "is required with PayType PrePaid" });
      return;
    }
    const message = periodRefusal(input.Period, input.UsedTime);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["UsedTime"], message });
  });

export const createDtsInstance = defineAction({
  name: "CreateDtsInstance",
  kind: "write",
  summary: "Buys a change tracking instance with its task.",
  partial: "Only Type=SUBSCRIBE; a JobId configured before the purchase is refused.",
  request,
  handler(ctx, input) {
    if (input.JobId !== undefined) {
      throw invalidParameter(
        "JobId",
        "No task waits to be bought; tasks are configured after the purchase here.",
      );
    }
    if (input.Type?.toUpperCase() !== "SUBSCRIBE") {
      throw invalidParameter("Type", "Only SUBSCRIBE is served here.");
    }
    const prepaid = input.PayType === "PrePaid" && input.Period !== undefined && input.UsedTime !== undefined;
    const job = createJob(ctx, {
      region: ctx.region,
      status: "NotConfigured",
      payType: input.PayType,
      expiresAtMs: prepaid
        ? addPeriod(ctx.clock.now(), input.Period ?? "Month", input.UsedTime ?? 1)
        : undefined,
      instanceClass: input.InstanceClass ?? "large",
      resourceGroupId: input.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP_ID,
      engineName: input.SourceEndpointEngineName,
      sourceRegion: input.SourceRegion ?? ctx.region,
      bought: {
        instanceClass: input.InstanceClass,
        destinationEngineName: input.DestinationEndpointEngineName,
        destinationRegion: input.DestinationRegion,
      },
    });
    return { InstanceId: job.instanceId, JobId: job.jobId };
  },
});
