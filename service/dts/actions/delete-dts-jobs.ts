/*
 * DeleteDtsJobs, version 2020-01-01: releases several instances.
 * At most 10 ids, comma-joined. All are done or none: the first one refused undoes the others.
 */
import { z } from "zod";
import { commonParams, jobIdList } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const deleteDtsJobs = defineAction({
  name: "DeleteDtsJobs",
  kind: "write",
  summary: "Releases several instances.",
  request: z.object({ ...commonParams, DtsJobIds: jobIdList }),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      for (const DtsJobId of input.DtsJobIds)
        deleteJob(ctx, jobOf(ctx, { RegionId: input.RegionId, DtsJobId }).jobId);
    });
    return {};
  },
});
