import { startDtsJob as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { startJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const startDtsJob = serveAction(published, (ctx, input) => {
  startJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
