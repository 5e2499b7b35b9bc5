import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive } from "./ps.ts";

interface LockOptions {
  /** Upper bound of the wait for another holder, in milliseconds. */
  waitMsMax: number;
  /** Called once when somebody else holds the lock. */
  onWait?: (holder: string) => void;
  /** A lock whose holder gave no sign for this long is taken over. Default 60,000. */
  staleMs?: number;
}

const POLL_MS = 200;
const HEARTBEAT_MS = 5_000;

/**
 * Runs `work` while holding a lock file, across processes. The holder renews the file's time; a lock whose process
 * has died is taken over. Throws when another holder keeps it longer than `waitMsMax`.
 */
export async function withFileLock<T>(
  path: string,
  options: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + options.waitMsMax;
  const mark = `${process.pid} ${hostname()} ${Date.now()}`;
  let told = false;
  while (!tryTake(path, mark)) {
    const holder = read(path);
    const stale = holder !== undefined && isStale(path, holder, options.staleMs ?? 60_000);
    if (stale) remove(path, holder);
    if (!told && !stale) {
      options.onWait?.(holder ?? "");
      told = true;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${path} is held by another run (${holder}) for too long; if none is running, remove it and try again`,
      );
    }
    await sleep(POLL_MS);
  }
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    remove(path, mark);
  }
}

function tryTake(path: string, mark: string): boolean {
  try {
    writeFileSync(path, mark, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isStale(path: string, holder: string, staleMs: number): boolean {
  const [pid, host] = holder.split(" ");
  if (host === hostname() && pid && !isProcessAlive(Number(pid))) return true;
  const changedAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return changedAt !== undefined && Date.now() - changedAt > staleMs;
}

/** Removes the lock only if it still carries `mark`: moved aside first, so that nobody else's is deleted. */
function remove(path: string, mark: string): void {
  const aside = `${path}.${process.pid}.gone`;
  if (read(path) !== mark) return;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (read(aside) !== mark) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Taken over after a long sleep of this machine; the atomic rename at the end still keeps the result whole.
  }
}
