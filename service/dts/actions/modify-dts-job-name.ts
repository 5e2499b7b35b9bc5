import { modifyDtsJobName as published } from "../../../contract/dts/job-configuration.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const modifyDtsJobName = defineAction(published, (ctx, input) => {
  changeJob(ctx, jobOf(ctx, input).jobId, (job) => patchJob(ctx, job, { name: input.DtsJobName }));
  return {};
});
