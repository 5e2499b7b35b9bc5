import { startDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { forEachJob } from "../job-of.ts";

export const startDtsJobs = defineAction(published, (ctx, input) => {
  forEachJob(ctx, input, ({ jobId }) => startJob(ctx, jobId));
  return {};
});
