import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive } from "../ps.ts";
import type { Account } from "./account.ts";
import { choosePort } from "./port.ts";

/** A database server to be run in the background, and how it is spoken to. */
export interface ServerProgram {
  /** The program and its arguments. */
  command: readonly string[];
  /** What it writes to stderr when it accepts connections. */
  readyText: string;
  /** Asks for an orderly end: the server waits for nobody and loses nothing. */
  stopSignal: "SIGINT" | "SIGTERM";
  /** When the order is not followed in time. */
  killSignal: "SIGQUIT" | "SIGKILL";
  /** Where the server writes its process id, alone on the first line. */
  pidFile: string;
  /** A word of its command line, by which a process id that was given to another program is recognised. */
  name: string;
  /** Further variables of its environment, which else holds little. */
  env?: Readonly<Record<string, string>>;
  account?: Account | undefined;
}

interface LaunchedServer {
  /** Undefined once the server accepts connections, else what it said before it ended. */
  ready: Promise<string | undefined>;
  /** Waits until the server has ended, 15 seconds at most. */
  stop(): Promise<void>;
}

export const START_MS_MAX = 30_000;
const STOP_MS_MAX = 15_000;
const PORT_ATTEMPTS_MAX = 5;
const SAID_START_CHARS_MAX = 4_096;
const SAID_END_CHARS_MAX = 12_288;

/**
 * The shell between us and the server: when our end of its stdin closes, whatever the reason, it shuts the server
 * down. So a server never outlives the process that started it, not even after kill -9.
 */
const SUPERVISOR = `
signal=$1
shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill -$signal $server 2>/dev/null) &
exec 3<&-
wait $server`;

/**
 * Starts a database server with data of its own on the wanted port, else on the one of the last time or a free one, and on
 * another one when somebody takes that in between. It ends with this process at the latest. Rejects with what it said.
 */
export async function launchOnPort(
  title: string,
  dataDir: string,
  wanted: number | undefined,
  programOn: (port: number) => ServerProgram,
): Promise<{ port: number; pid: number; stop: () => Promise<void> }> {
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await choosePort(dataDir, attempt === 1));
    const program = programOn(port);
    const { ready, stop } = launchServer(program);
    const problem = await ready;
    if (problem === undefined) return { port, pid: readPid(program.pidFile) ?? 0, stop };
    await stop();
    if (wanted || attempt >= PORT_ATTEMPTS_MAX || !problem.includes("Address already in use")) {
      throw new Error(`${title} did not start in ${dataDir}:\n${problem}`);
    }
  }
}

/** Starts the server; it ends with this process at the latest. */
function launchServer(program: ServerProgram): LaunchedServer {
  const signal = program.stopSignal.replace("SIG", "");
  const child = spawn("/bin/sh", ["-c", SUPERVISOR, "sh", signal, ...program.command], {
    cwd: "/",
    env: { ...serverEnv(), ...program.env },
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
    ...program.account,
  });
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  child.stdin?.on("error", () => {});
  void ended.then(() => child.stdin?.destroy());
  return {
    ready: whenReady(child, ended, program.readyText),
    stop: () => endServer(child, ended, program),
  };
}

async function whenReady(
  child: ChildProcess,
  ended: Promise<void>,
  readyText: string,
): Promise<string | undefined> {
  let said = "";
  let isReady = false;
  const accepts = new Promise<true>((resolve) => {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      // Read to the end of its life, or the server would block on a full pipe; kept until it is ready only.
      if (isReady) return;
      said = boundSaid(said + text);
      isReady = said.includes(readyText);
      if (isReady) resolve(true);
    });
  });
  const late = AbortSignal.timeout(START_MS_MAX);
  const timeout = new Promise<string>((resolve) => {
    late.addEventListener("abort", () => resolve(`not ready within ${START_MS_MAX} ms\n${said}`));
  });
  const outcome = await Promise.race([accepts, ended.then(() => said || "it ended without a word"), timeout]);
  // Neither the log pipe nor the process keeps this process alive: whoever started the server waits for it.
  child.unref();
  for (const stream of [child.stdin, child.stderr]) (stream as unknown as { unref?: () => void })?.unref?.();
  return outcome === true ? undefined : outcome;
}

/** Servers say at the end why they end, and at the start what they are: both are kept, whole lines only. */
export function boundSaid(said: string): string {
  if (said.length <= SAID_START_CHARS_MAX + 2 * SAID_END_CHARS_MAX) return said;
  const start = said.slice(0, said.lastIndexOf("\n", SAID_START_CHARS_MAX) + 1);
  const rest = said.slice(-SAID_END_CHARS_MAX);
  return `${start}...\n${rest.slice(rest.indexOf("\n") + 1)}`;
}

async function endServer(child: ChildProcess, ended: Promise<void>, program: ServerProgram): Promise<void> {
  child.ref();
  const pid = readPid(program.pidFile);
  child.stdin?.end();
  const inTime = await Promise.race([ended.then(() => true), sleep(STOP_MS_MAX, false, { ref: false })]);
  if (!inTime && pid) process.kill(pid, program.killSignal);
}

/** A server from a run that was killed: its pid file is there and the process is such a server. */
export async function endLeftover(
  program: Pick<ServerProgram, "pidFile" | "name" | "stopSignal" | "killSignal">,
): Promise<void> {
  const pid = readPid(program.pidFile);
  if (!pid || !isProcessAlive(pid) || !isNamed(pid, program.name)) return;
  for (const signal of [program.stopSignal, program.killSignal]) {
    process.kill(pid, signal);
    const deadline = Date.now() + STOP_MS_MAX;
    while (isProcessAlive(pid) && Date.now() < deadline) await sleep(20);
    if (!isProcessAlive(pid)) return;
  }
  throw new Error(
    `a ${program.name} of an earlier run (process ${pid}, ${program.pidFile}) does not stop; end it and try again`,
  );
}

function isNamed(pid: number, name: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(name);
  } catch {
    // No /proc on this system: the pid file alone decides.
    return process.platform !== "linux";
  }
}

function readPid(pidFile: string): number | undefined {
  try {
    return Number(readFileSync(pidFile, "utf8").split("\n")[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** The C locale, because readiness is read from the log, and none of the user's variables. */
export function serverEnv(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  return { PATH, ...(TMPDIR && { TMPDIR }), LC_ALL: "C", TZ: "UTC" };
}
