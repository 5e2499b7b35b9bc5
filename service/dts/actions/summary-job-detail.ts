import { summaryJobDetail as published } from "../../../contract/dts/job-reads.ts";
import { serveAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";

export const summaryJobDetail = serveAction(published, (ctx, input) => ({
  JobId: jobOf(ctx, input).jobId,
  ProgressSummaryDetails: [],
}));
