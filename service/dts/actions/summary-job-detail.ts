import { summaryJobDetail as published } from "../../../contract/dts/job-reads.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";

export const summaryJobDetail = defineAction(published, (ctx, input) => ({
  JobId: jobOf(ctx, input).jobId,
  ProgressSummaryDetails: [],
}));
