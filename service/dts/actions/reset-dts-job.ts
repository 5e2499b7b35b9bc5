import { resetDtsJob as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { resetJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const resetDtsJob = defineAction(published, (ctx, input) => {
  resetJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
