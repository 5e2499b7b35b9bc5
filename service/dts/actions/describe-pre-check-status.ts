import { describePreCheckStatus as published } from "../../../contract/dts/prechecks.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { pageOf } from "../views/page.ts";
import { precheckState, progressOf } from "../views/precheck.ts";

export const describePreCheckStatus = defineAction(published, (ctx, input) => {
  const job = jobOf(ctx, input);
  const items = input.JobCode === "01" ? (job.precheck?.items ?? []) : [];
  const { shown, page } = pageOf(items, input.PageNo, input.PageSize);
  const before = (input.PageNo - 1) * input.PageSize;
  return {
    Code: input.JobCode,
    ErrorAnalysisItem: 0,
    ErrorItem: items.filter((item) => item.result === "Failed").length,
    JobId: job.jobId,
    JobName: job.name,
    JobProgress: shown.map((item, position) => progressOf(job, item, before + position + 1)),
    ...page,
    State: input.JobCode === "01" ? precheckState(job) : "NotStarted",
    Total: items.length,
  };
});
