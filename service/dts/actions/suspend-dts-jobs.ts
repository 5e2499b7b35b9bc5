import { suspendDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { suspendJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const suspendDtsJobs = serveAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    for (const DtsJobId of input.DtsJobIds)
      suspendJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
  });
  return {};
});
