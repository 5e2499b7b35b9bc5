import { suspendDtsJob as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { suspendJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const suspendDtsJob = defineAction(published, (ctx, input) => {
  suspendJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
