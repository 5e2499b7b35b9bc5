/*
 * ResetDtsJob, version 2020-01-01: takes the configuration away; the task is then NotConfigured.
 * Not done: synchronisation directions and zero-ETL tasks, which a change tracking task has not.
 */
import { z } from "zod";
import { oneWayParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { resetJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const resetDtsJob = defineAction({
  name: "ResetDtsJob",
  kind: "write",
  summary: "Clears a task's configuration, with its consumer groups.",
  request: z.object(oneWayParams),
  handler(ctx, input) {
    resetJob(ctx, jobOf(ctx, input).jobId);
    return {};
  },
});
