import { deleteDtsJob as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const deleteDtsJob = serveAction(published, (ctx, input) => {
  deleteJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
