/*
 * DeleteDtsJob, version 2020-01-01: releases the instance. A prepaid one must have expired.
 * Not done: synchronisation directions and zero-ETL tasks, which a change tracking task has not.
 */
import { z } from "zod";
import { oneWayParams } from "../../../contract/dts/params.ts";
import { taskType } from "../../../contract/limits/dts-task.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const deleteDtsJob = defineAction({
  name: "DeleteDtsJob",
  kind: "write",
  summary: "Releases an instance with its task and groups.",
  request: z.object({ ...oneWayParams, JobType: optional(text(taskType)) }),
  handler(ctx, input) {
    deleteJob(ctx, jobOf(ctx, input).jobId);
    return {};
  },
});
