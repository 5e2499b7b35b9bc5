import { startDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const startDtsJobs = serveAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    for (const DtsJobId of input.DtsJobIds)
      startJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
  });
  return {};
});
