import { stopDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { stopJob } from "../engine/jobs.ts";
import { forEachJob } from "../job-of.ts";

export const stopDtsJobs = defineAction(published, (ctx, input) => {
  forEachJob(ctx, input, ({ jobId }) => stopJob(ctx, jobId));
  return {};
});
