/*
 * DescribeDtsServiceLog, version 2020-01-01: what a task went through, newest last, with a level, a window of time
 * and a word to look for. Levels are as published: WARN stops the task.
 */
import { z } from "zod";
import { commonParams, pageParams } from "../../../contract/dts/params.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { csv, flag, integer, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { LOG_LEVELS, serviceLog } from "../engine/service-log.ts";
import { jobOf } from "../job-of.ts";
import { longTime } from "../views/time.ts";

const page = pageParams({ default: 20, max: 1000, oneOf: [20, 50, 100, 500, 1000] });
const milliseconds = integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

export const describeDtsServiceLog = defineAction({
  name: "DescribeDtsServiceLog",
  kind: "read",
  summary: "Lists what a task went through.",
  partial:
    "only what the task keeps: the marks of its states and its last precheck; SubJobType finds nothing",
  request: z.object({
    ...commonParams,
    DtsJobId: optional(text()),
    StartTime: optional(milliseconds),
    EndTime: optional(milliseconds),
    Keyword: optional(text()),
    Status: optional(csv({ min: 1, max: LOG_LEVELS.length }).pipe(z.array(oneOf(LOG_LEVELS)))),
    SubJobType: optional(text(oneOf(["DATA_LOAD", "ONLINE_WRITER", "SYNC_WRITER"]))),
    ZeroEtlJob: optional(flag()),
    PageNumber: page.number,
    PageSize: page.size,
  }),
  handler(ctx, input) {
    const { StartTime = 0, EndTime = Number.POSITIVE_INFINITY, Status } = input;
    const job = jobOf(ctx, input);
    // The subtasks that can be asked for are those of migrations and synchronisations.
    const all = input.SubJobType === undefined ? serviceLog(job) : [];
    const found = all
      .filter(({ atMs }) => atMs >= StartTime && atMs <= EndTime)
      .filter(({ level }) => Status === undefined || Status.includes(level))
      .filter((entry) => entry.text.includes(input.Keyword ?? ""));
    const from = (input.PageNumber - 1) * input.PageSize;
    const shown = found.slice(from, from + input.PageSize);
    return {
      PageNumber: input.PageNumber,
      PageRecordCount: shown.length,
      ServiceLogContexts: shown.map((entry) => ({
        Context: entry.text,
        State: entry.level,
        Time: longTime(entry.atMs),
      })),
      TotalRecordCount: found.length,
    };
  },
});
