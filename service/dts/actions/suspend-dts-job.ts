import { suspendDtsJob as published } from "../../../contract/dts/jobs.ts";
import { serveAction } from "../../core/kit/action.ts";
import { suspendJob } from "../engine/jobs.ts";
import { jobOf } from "../job-of.ts";

export const suspendDtsJob = serveAction(published, (ctx, input) => {
  suspendJob(ctx, jobOf(ctx, input).jobId);
  return {};
});
