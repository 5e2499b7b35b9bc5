/*
 * StartDtsJobs, version 2020-01-01: starts or resumes several tasks.
 * At most 10 ids, comma-joined. All are done or none: the first one refused undoes the others.
 */
import { z } from "zod";
import { commonParams, jobIdList } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const startDtsJobs = defineAction({
  name: "StartDtsJobs",
  kind: "write",
  summary: "Starts several tasks.",
  request: z.object({ ...commonParams, DtsJobIds: jobIdList }),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      for (const DtsJobId of input.DtsJobIds)
        startJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
    });
    return {};
  },
});
