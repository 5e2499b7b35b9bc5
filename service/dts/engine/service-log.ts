import type { LOG_LEVELS } from "../../../contract/dts/params.ts";
import type { Job, PrecheckItem } from "../entities.ts";

interface LogEntry {
  readonly atMs: number;
  readonly level: (typeof LOG_LEVELS)[number];
  readonly text: string;
}

/** What a job's own record says of its past, oldest first. */
export function serviceLog(job: Job): LogEntry[] {
  const mark = (atMs: number | undefined, text: string, level: LogEntry["level"] = "NORMAL") =>
    atMs === undefined ? [] : [{ atMs, level, text }];
  const isStopped = job.errorMessage !== undefined;
  return [
    ...mark(job.createdAtMs, "The instance was created."),
    ...mark(job.bootedAtMs, "The task was asked to start."),
    ...(job.precheck?.items ?? []).map(itemEntry),
    ...mark(job.firstNormalAtMs, "The task became Normal for the first time."),
    ...mark(job.leftNormalAtMs, "The task stopped being Normal."),
    ...mark(isStopped ? job.updatedAtMs : undefined, `${job.status}: ${job.errorMessage}`, "WARN"),
    ...mark(job.finishedAtMs, "The task ended."),
  ].sort((a, b) => a.atMs - b.atMs);
}

function itemEntry(item: PrecheckItem): LogEntry {
  const isGood = item.result === "Success";
  return {
    atMs: item.finishedAtMs,
    level: isGood ? "NORMAL" : "WARN",
    text: `${item.item} ${item.result}: ${isGood ? item.description : (item.reason ?? item.description)}`,
  };
}
