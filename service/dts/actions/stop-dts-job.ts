import { stopDtsJob as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { stopJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const stopDtsJob = defineAction(published, (ctx, input) => {
  stopJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
