import { suspendDtsJobs as published } from "../../../contract/dts/jobs.ts";
import { defineAction } from "../../core/kit/action.ts";
import { suspendJob } from "../engine/jobs.ts";
import { forEachJob } from "../job-of.ts";

export const suspendDtsJobs = defineAction(published, (ctx, input) => {
  forEachJob(ctx, input, ({ jobId }) => suspendJob(ctx, jobId));
  return {};
});
