import { createDtsInstance as published } from "../../../contract/dts/instances.ts";
import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import { defineAction } from "../../core/kit/action.ts";
import { addPeriod } from "../../core/kit/add-period.ts";
import { invalidParameter } from "../engine/failures.ts";
import { createJob } from "../engine/jobs.ts";

export const createDtsInstance = defineAction(published, (ctx, input) => {
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
});
