import { type ChildProcess, spawn } from "node:child_process";
import { openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { userCacheFolder } from "../paths.ts";
import { removePostgres } from "../postgres.ts";
import { isProcessAlive } from "../ps.ts";
import { type Backing, backingFile, backingLog, databaseDir, home, makeHome, root } from "./paths.ts";

const START_MS_MAX = 120_000;
const STOP_MS_MAX = 20_000;
const HEALTH_MS_MAX = 2_000;
/** A busy machine may let a service that is well wait; one that is gone refuses at once. */
const HEALTH_TRIES_MAX = 5;
const LOG_LINES_SHOWN_MAX = 40;

/** The running backing, or undefined when there is none (a leftover file of a killed one is removed). */
export async function runningBacking(): Promise<Backing | undefined> {
  const backing = readBacking();
  if (!backing) return undefined;
  for (let tries = 0; tries < HEALTH_TRIES_MAX && isProcessAlive(backing.pid); tries++) {
    const signal = AbortSignal.timeout(HEALTH_MS_MAX);
    const answer = await fetch(`${backing.endpoint}/_service/health`, { signal }).catch(() => undefined);
    if (answer?.ok) return backing;
    await sleep(100);
  }
  rmSync(backingFile, { force: true });
  return undefined;
}

function readBacking(): Backing | undefined {
  try {
    return JSON.parse(readFileSync(backingFile, "utf8")) as Backing;
  } catch {
    return undefined;
  }
}

/**
 * Starts the database and the service and waits until both answer.
 * @param tied the two end with this process; otherwise they stay when it ends.
 */
export async function startBacking(tied: boolean): Promise<Backing> {
  makeHome();
  const log = openSync(backingLog, "w", 0o600);
  const child = spawn(process.execPath, [join(root, "tools/quickstart/backing.ts")], {
    cwd: root,
    detached: !tied,
    env: { ...process.env, QUICKSTART_HOME: home, QUICKSTART_TIED: tied ? "1" : "0" },
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
  let said = "";
  let isGone = false;
  child.on("message", (message: { reason?: string }) => {
    said = message.reason ?? "";
  });
  // `close` and not the exit code: only then has every message arrived.
  child.once("close", () => {
    isGone = true;
  });
  const deadline = Date.now() + START_MS_MAX;
  while (Date.now() < deadline) {
    if (isGone) throw new Error(`the database or the service did not start:\n${said || logTail()}`);
    if (await runningBacking()) return;
    await sleep(100);
  }
  child.kill("SIGTERM");
  throw new Error(
    `the database and the service were not ready within ${START_MS_MAX / 1000} s:\n${logTail()}`,
  );
}

/** Stops a backing and waits until it is gone. Returns false when there was none. */
export async function stopBacking(): Promise<boolean> {
  const backing = await runningBacking();
  if (!backing) return false;
  process.kill(backing.pid, "SIGTERM");
  const deadline = Date.now() + STOP_MS_MAX;
  while (isProcessAlive(backing.pid) && Date.now() < deadline) await sleep(50);
  if (isProcessAlive(backing.pid)) process.kill(backing.pid, "SIGKILL");
  return true;
}

/** Deletes everything that the quickstart has written, the database wherever it is; nothing may be running any more. */
export async function forgetBacking(): Promise<void> {
  await removePostgres(databaseDir);
  rmSync(home, { recursive: true, force: true });
}

/** What stays after everything is deleted: the CLI, and PostgreSQL's programs where its user could not reach npm's. */
export function keptPrograms(): string[] {
  const copies = readdirSync(tmpdir()).filter((name) => /^change-tracking-postgres-[\d.]/.test(name));
  return [userCacheFolder(), ...copies.map((name) => join(tmpdir(), name))];
}

function logTail(): string {
  try {
    return readFileSync(backingLog, "utf8").split("\n").slice(-LOG_LINES_SHOWN_MAX).join("\n");
  } catch {
    return "(no log)";
  }
}
