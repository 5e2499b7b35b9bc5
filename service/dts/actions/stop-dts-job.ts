/*
 * StopDtsJob, version 2020-01-01: ends a task; it is then Finished.
 * Not done: synchronisation directions and zero-ETL tasks, which a change tracking task has not.
 */
import { z } from "zod";
import { oneWayParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { stopJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const stopDtsJob = defineAction({
  name: "StopDtsJob",
  kind: "write",
  summary: "Ends a task for good.",
  request: z.object(oneWayParams),
  handler(ctx, input) {
    stopJob(ctx, jobOf(ctx, input).jobId);
    return {};
  },
});
