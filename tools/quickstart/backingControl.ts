import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isProcessAlive } from "../ps.ts";
import { type Backing, backingFile, backingLog, home, root } from "./paths.ts";

const startMsMax = 60_000;
const stopMsMax = 20_000;

/** The running backing, or undefined when there is none (a leftover file of a killed one is removed). */
export async function runningBacking(): Promise<Backing | undefined> {
  let backing: Backing;
  try {
    backing = JSON.parse(readFileSync(backingFile, "utf8")) as Backing;
  } catch {
    return undefined;
  }
  if (isProcessAlive(backing.pid)) {
    const answer = await fetch(`${backing.endpoint}/_service/health`).catch(() => undefined);
    if (answer?.ok) return backing;
  }
  rmSync(backingFile, { force: true });
  return undefined;
}

/**
 * Starts the database and the service and waits until both answer.
 * @param tied the two end with this process; otherwise they stay when it ends.
 */
export async function startBacking(tied: boolean): Promise<Backing> {
  mkdirSync(home, { recursive: true });
  const log = openSync(backingLog, "w", 0o600);
  const child = spawn(process.execPath, [join(root, "tools/quickstart/backing.ts")], {
    cwd: root,
    detached: !tied,
    env: { ...process.env, QUICKSTART_TIED: tied ? "1" : "0" },
    stdio: ["ignore", log, log, "ipc"],
  });
  await waitForFile(child);
  const backing = await runningBacking();
  if (!backing) throw new Error(`the database and the service started and went away; see ${backingLog}`);
  if (!tied) {
    child.disconnect();
    child.unref();
  }
  return backing;
}

async function waitForFile(child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startMsMax;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the database or the service did not start:\n${logTail()}`);
    if (await runningBacking()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGTERM");
  throw new Error(`the database and the service were not ready within ${startMsMax / 1000} s:\n${logTail()}`);
}

/** Stops a backing and waits until it is gone. Returns false when there was none. */
export async function stopBacking(): Promise<boolean> {
  const backing = await runningBacking();
  if (!backing) return false;
  process.kill(backing.pid, "SIGTERM");
  const deadline = Date.now() + stopMsMax;
  while (isProcessAlive(backing.pid) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  if (isProcessAlive(backing.pid)) process.kill(backing.pid, "SIGKILL");
  return true;
}

function logTail(): string {
  try {
    return readFileSync(backingLog, "utf8").split("\n").slice(-12).join("\n");
  } catch {
    return "(no log)";
  }
}
