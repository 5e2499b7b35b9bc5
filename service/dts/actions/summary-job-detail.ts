/* SummaryJobDetail, version 2020-01-01: counts what a task migrates by kind; a change tracking task migrates nothing. */
import { z } from "zod";
import { oneWayParams } from "../../../contract/dts/params.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { flag, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";

export const summaryJobDetail = defineAction({
  name: "SummaryJobDetail",
  kind: "read",
  summary: "Counts the objects that a task migrates.",
  partial: "a change tracking task migrates none: no Key, State, TotalCount",
  request: z.object({
    ...oneWayParams,
    JobCode: text(oneOf(["02", "03"])),
    StructType: optional(text(oneOf(["before", "after"]))),
    ZeroEtlJob: optional(flag()),
  }),
  handler: (ctx, input) => ({ JobId: jobOf(ctx, input).jobId, ProgressSummaryDetails: [] }),
});
