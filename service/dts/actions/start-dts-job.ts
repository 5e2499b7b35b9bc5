import { startDtsJob as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const startDtsJob = defineAction(published, (ctx, input) => {
  startJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
