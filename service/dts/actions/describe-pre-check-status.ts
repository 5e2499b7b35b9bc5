/*
 * DescribePreCheckStatus, version 2020-01-01: how a task's precheck stands, item by item, with the reason of a
 * failure and what mends it. Code is the kind of subtask here (01, precheck), not an error.
 * Not done: the subtasks of migrations and synchronisations (02 to 04), which are always empty.
 */
import { z } from "zod";
import { jobIdParams } from "../../../contract/dts/params.ts";
import { integer, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { precheckState, progressOf } from "../views/precheck.ts";

const codes = ["01", "02", "03", "04"] as const;

export const describePreCheckStatus = defineAction({
  name: "DescribePreCheckStatus",
  kind: "read",
  summary: "Reads a task's precheck, item by item.",
  partial:
    "Subtasks 02 to 04 do not exist for change tracking and are empty; Logs too. No DdlSql, DestSchema, DiffRow, ParentObj, TargetNames.",
  request: z.object({
    ...jobIdParams,
    JobCode: text(z.enum(codes, { error: `must be one of ${codes.join(", ")}` })),
    PageNo: withDefault(integer({ min: 1 }), 1),
    PageSize: withDefault(integer({ min: 1, max: 100 }), 20),
  }),
  handler(ctx, input) {
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
  },
});
