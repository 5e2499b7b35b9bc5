import { deleteDtsJob as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const deleteDtsJob = defineAction(published, (ctx, input) => {
  deleteJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
