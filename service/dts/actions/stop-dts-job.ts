import { stopDtsJob as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { stopJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const stopDtsJob = serveAction(published, (ctx, input) => {
  stopJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
