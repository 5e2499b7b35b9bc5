/*
 * DeleteDtsJob, version 2020-01-01: releases the instance. A prepaid one must have expired.
 * Not done: synchronisation directions and zero-ETL tasks, which a change tracking task has not.
 */
import { z } from "zod";
import { defineAction } from "../../core/action.ts";
import { deleteJob } from "../engine/jobs.ts";
import { jobOf, jobParams } from "../params.ts";

export const deleteDtsJob = defineAction({
  name: "DeleteDtsJob",
  kind: "write",
  summary: "Releases an instance with its task and groups.",
  request: z.object(jobParams),
  handler(ctx, input) {
    deleteJob(ctx, jobOf(ctx, input).jobId);
    return {};
  },
});
