/*
 * SuspendDtsJob, version 2020-01-01: pauses a running task, which is then Abnormal.
 * Not done: synchronisation directions and zero-ETL tasks, which a change tracking task has not.
 */
import { z } from "zod";
import { oneWayParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { suspendJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const suspendDtsJob = defineAction({
  name: "SuspendDtsJob",
  kind: "write",
  summary: "Pauses a task; it is then Abnormal.",
  request: z.object(oneWayParams),
  handler(ctx, input) {
    suspendJob(ctx, jobOf(ctx, input).jobId);
    return {};
  },
});
