import { describePreCheckStatus as published } from "../../../contract/dts/prechecks.ts";
import { serveAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { precheckState, progressOf } from "../views/precheck.ts";

export const describePreCheckStatus = serveAction(published, (ctx, input) => {
  const job = jobOf(ctx, input);
  const items = input.JobCode === "01" ? (job.precheck?.items ?? []) : [];
  const from = (input.PageNo - 1) * input.PageSize;
  const page = items.slice(from, from + input.PageSize);
  return {
    Code: input.JobCode,
    ErrorAnalysisItem: 0,
    ErrorItem: items.filter((item) => item.result === "Failed").length,
    JobId: job.jobId,
    JobName: job.name,
    JobProgress: page.map((item, position) => progressOf(job, item, from + position + 1)),
    PageNumber: input.PageNo,
    PageRecordCount: page.length,
    State: input.JobCode === "01" ? precheckState(job) : "NotStarted",
    Total: items.length,
    TotalRecordCount: items.length,
  };
});
