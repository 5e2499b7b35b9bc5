/* ModifyDtsJobName, version 2020-01-01: renames a task. Names need not be unique. */
import { z } from "zod";
import { jobIdParams } from "../../../contract/dts/params.ts";
import { instanceName } from "../../../contract/limits/dts.ts";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeJob, patchJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const modifyDtsJobName = defineAction({
  name: "ModifyDtsJobName",
  kind: "write",
  summary: "Renames a task.",
  request: z.object({ ...jobIdParams, DtsJobName: text(instanceName) }),
  handler(ctx, input) {
    changeJob(ctx, jobOf(ctx, input).jobId, (job) => patchJob(ctx, job, { name: input.DtsJobName }));
    return {};
  },
});
