import { deleteDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const deleteDtsJobs = serveAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    for (const DtsJobId of input.DtsJobIds)
      deleteJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
  });
  return {};
});
