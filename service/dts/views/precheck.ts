import type { Job, PrecheckItem } from "../entities.ts";
import { longTime } from "./time.ts";

/** The state of a precheck, in the words of the precheck answers. */
export function precheckState(job: Job): "NotStarted" | "Checking" | "Failed" | "Finished" {
  if (job.status === "Prechecking") return "Checking";
  if (!job.precheck) return "NotStarted";
  return job.precheck.items.some((item) => item.result === "Failed") ? "Failed" : "Finished";
}

/** `PrecheckStatus` of a job in a list. */
export function precheckStatusField(job: Job) {
  const state = precheckState(job);
  const items = job.precheck?.items ?? [];
  const failed = items.find((item) => item.result === "Failed");
  return {
    Detail: items.map(detailOf),
    ...(failed === undefined ? {} : { ErrorMessage: failed.reason ?? "" }),
    Percent: state === "Finished" || state === "Failed" ? "100" : "0",
    Status: state,
  };
}

function detailOf(item: PrecheckItem) {
  return {
    CheckItem: item.item,
    CheckItemDescription: item.description,
    CheckResult: item.result,
    ...(item.reason === undefined ? {} : { FailedReason: item.reason }),
    ...(item.repair === undefined ? {} : { RepairMethod: item.repair }),
  };
}

/** `JobProgress` of DescribePreCheckStatus: one line for each item. */
export function progressOf(job: Job, item: PrecheckItem, position: number) {
  return {
    BootTime: longTime(item.startedAtMs),
    CanSkip: false,
    Current: "1",
    DelaySeconds: 0,
    ErrDetail: item.description,
    ErrMsg: item.reason ?? "",
    FinishTime: longTime(item.finishedAtMs),
    Id: `${job.jobId}-${position}`,
    IgnoreFlag: "N",
    Item: item.item,
    JobId: job.jobId,
    Logs: [],
    Names: item.description,
    OrderNum: position,
    RepairMethod: item.repair ?? "",
    Skip: false,
    SourceSchema: job.configuration?.source.databaseName ?? "",
    State: item.result,
    Sub: "[]",
    Total: 1,
  };
}
