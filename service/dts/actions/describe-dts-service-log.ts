import { describeDtsServiceLog as published } from "../../../contract/dts/monitoring.ts";
import { defineAction } from "../../core/kit/action.ts";
import { serviceLog } from "../engine/service-log.ts";
import { jobOf } from "../job-of.ts";
import { pageOf } from "../views/page.ts";
import { longTime } from "../views/time.ts";

export const describeDtsServiceLog = defineAction(published, (ctx, input) => {
  const { StartTime = 0, EndTime = Number.POSITIVE_INFINITY, Status } = input;
  const job = jobOf(ctx, input);
  // The subtasks that can be asked for are those of migrations and synchronisations.
  const all = input.SubJobType === undefined ? serviceLog(job) : [];
  const found = all
    .filter(({ atMs }) => atMs >= StartTime && atMs <= EndTime)
    .filter(({ level }) => Status === undefined || Status.includes(level))
    .filter((entry) => entry.text.includes(input.Keyword ?? ""));
  const { shown, page } = pageOf(found, input.PageNumber, input.PageSize);
  return {
    ...page,
    ServiceLogContexts: shown.map((entry) => ({
      Context: entry.text,
      State: entry.level,
      Time: longTime(entry.atMs),
    })),
  };
});
