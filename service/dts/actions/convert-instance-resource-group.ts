import { convertInstanceResourceGroup as published } from "../../../contract/dts/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const convertInstanceResourceGroup = defineAction(published, (ctx, input) => {
  const named = jobOf(ctx, { RegionId: input.RegionId, DtsInstanceId: input.ResourceId });
  changeJob(ctx, named.jobId, (job) => patchJob(ctx, job, { resourceGroupId: input.NewResourceGroupId }));
  return {};
});
