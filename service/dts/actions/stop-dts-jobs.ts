import { stopDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { stopJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const stopDtsJobs = serveAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    for (const DtsJobId of input.DtsJobIds)
      stopJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
  });
  return {};
});
