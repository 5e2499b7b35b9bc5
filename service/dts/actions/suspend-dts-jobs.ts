/*
 * SuspendDtsJobs, version 2020-01-01: pauses several tasks.
 * At most 10 ids, comma-joined. All are done or none: the first one refused undoes the others.
 */
import { z } from "zod";
import { commonParams, jobIdList } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { suspendJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const suspendDtsJobs = defineAction({
  name: "SuspendDtsJobs",
  kind: "write",
  summary: "Pauses several tasks.",
  request: z.object({ ...commonParams, DtsJobIds: jobIdList }),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      for (const DtsJobId of input.DtsJobIds)
        suspendJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
    });
    return {};
  },
});
