/*
 * StopDtsJobs, version 2020-01-01: ends several tasks.
 * At most 10 ids, comma-joined. All are done or none: the first one refused undoes the others.
 */
import { z } from "zod";
import { commonParams, jobIdList } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { stopJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const stopDtsJobs = defineAction({
  name: "StopDtsJobs",
  kind: "write",
  summary: "Ends several tasks for good.",
  request: z.object({ ...commonParams, DtsJobIds: jobIdList }),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      for (const DtsJobId of input.DtsJobIds)
        stopJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
    });
    return {};
  },
});
