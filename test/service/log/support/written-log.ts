import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFileLogs } from "../../../../service/log/file-logs.ts";
import type { Log, LogEntry, LogStore } from "../../../../service/log/log.ts";

const OPTIONS = { retention: { bytesMax: 1e9, ageSecondsMax: 1e9 }, tailBytes: 0 };

/** The files of a log, by name. */
export type LogFiles = ReadonlyMap<string, Buffer>;

/** What a log leaves on disk when these are appended, each group on its own. */
export async function filesOf(groups: readonly LogEntry[][], segmentBytes = 1e9): Promise<LogFiles> {
  const folder = mkdtempSync(join(tmpdir(), "log-files-"));
  try {
    const store = await openFileLogs(folder, { ...OPTIONS, segmentBytes });
    const log = await store.open("one");
    for (const group of groups) await log.append(group);
    await store.close();
    const own = join(folder, "one");
    return new Map(readdirSync(own).map((name) => [name, readFileSync(join(own, name))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a log that has these files, gives it to `work`, and removes all. */
export async function withLog<Result>(
  files: LogFiles,
  work: (log: Log, again: { folder: string; store: LogStore }) => Promise<Result>,
  options: { segmentBytes?: number } = {},
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "log-files-"));
  const own = join(folder, "one");
  mkdirSync(own);
  for (const [name, bytes] of files) writeFileSync(join(own, name), bytes);
  const store = await openFileLogs(folder, { ...OPTIONS, segmentBytes: 1e9, ...options });
  try {
    return await work(await store.open("one"), { folder: own, store });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All that can be read, checked to be without a gap. */
export async function readAll(log: Log, bytesMax = 500): Promise<Uint8Array[]> {
  const payloads: Uint8Array[] = [];
  const { startOffset, endOffset } = log.range();
  for (let offset = startOffset; offset < endOffset; ) {
    const found = await log.read(offset, bytesMax);
    if (found.baseOffset !== offset || found.nextOffset <= offset) throw new Error(`a gap at ${offset}`);
    payloads.push(...found.payloads);
    offset = found.nextOffset;
  }
  return payloads;
}
