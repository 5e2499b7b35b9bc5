/*
 * StartDtsJob, version 2020-01-01: starts a task, or resumes one that is Abnormal. Answers at once.
 * Not done: synchronisation directions and zero-ETL tasks, which a change tracking task has not.
 */
import { z } from "zod";
import { oneWayParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const startDtsJob = defineAction({
  name: "StartDtsJob",
  kind: "write",
  summary: "Prechecks and starts a task, or resumes a suspended one.",
  request: z.object(oneWayParams),
  handler(ctx, input) {
    startJob(ctx, jobOf(ctx, input).jobId);
    return {};
  },
});
