import { deleteDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { forEachJob } from "../job-of.ts";

export const deleteDtsJobs = defineAction(published, (ctx, input) => {
  forEachJob(ctx, input, ({ jobId }) => deleteJob(ctx, jobId));
  return {};
});
