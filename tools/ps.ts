import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { constants } from "node:os";

/** What a finished command left behind. Output is text; each stream is cut at `outputBytesMax`. */
export interface CommandResult {
  /** The exit code, or null when a signal ended the process. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  durationMs: number;
}

export interface CommandOptions {
  cwd?: string;
  /** The whole environment of the child. Default: this process's own. */
  env?: NodeJS.ProcessEnv;
  /** Text written to the child's stdin, which is then closed. Default: stdin is empty. */
  input?: string;
  /** Upper bound of the whole run in milliseconds; then SIGTERM, and SIGKILL two seconds later. Default 60,000. */
  timeoutMs?: number;
  /** Bytes kept of each stream; the oldest are dropped. Default 32 MiB. */
  outputBytesMax?: number;
  /** Called with every piece of output as it comes. */
  onOutput?: (text: string, stream: "stdout" | "stderr") => void;
  /** `inherit` lets the child write straight to the terminal; then nothing is captured. Default `capture`. */
  output?: "capture" | "inherit";
  /** Run as this user; only root may. */
  uid?: number;
  gid?: number;
  /** Aborting it stops the command as a timeout does. */
  signal?: AbortSignal;
}

const KILL_GRACE_MS = 2_000;

const running = new Set<ChildProcess>();

/** A command that could not be started, ran into its bound, or ended with another code than 0. */
class CommandError extends Error {
  readonly code = "COMMAND_FAILED";
  readonly result: CommandResult;
  constructor(message: string, result: CommandResult) {
    super(message);
    this.name = "CommandError";
    this.result = result;
  }
}

/**
 * Runs a command to its end and captures its output, in bounded time. Never rejects because of the exit code:
 * look at `code`, or use `mustRun`. Rejects with the system's error when the command cannot be started.
 * The child leads its own process group, so that its own children end with it when the time is up.
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const startedAt = performance.now();
  const capture = options.output !== "inherit";
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: capture,
    uid: options.uid,
    gid: options.gid,
    stdio: capture ? ["pipe", "pipe", "pipe"] : "inherit",
  });
  running.add(child);
  const kept = { stdout: keepTail(options.outputBytesMax), stderr: keepTail(options.outputBytesMax) };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      kept[stream].push(text);
      options.onOutput?.(text, stream);
    });
  }
  child.stdin?.on("error", () => {});
  child.stdin?.end(options.input ?? "");

  return new Promise((resolve, reject) => {
    let timedOut = false;
    let killTimer: NodeJS.Timeout | undefined;
    const stop = () => {
      timedOut = true;
      signalGroup(child, "SIGTERM");
      killTimer = setTimeout(() => signalGroup(child, "SIGKILL"), KILL_GRACE_MS);
    };
    const timer = setTimeout(stop, options.timeoutMs ?? 60_000);
    if (options.signal?.aborted) stop();
    options.signal?.addEventListener("abort", stop, { once: true });
    let closeTimer: NodeJS.Timeout | undefined;
    const release = () => {
      running.delete(child);
      clearTimeout(timer);
      clearTimeout(closeTimer);
      clearTimeout(killTimer);
      options.signal?.removeEventListener("abort", stop);
    };
    child.once("error", (error) => {
      release();
      reject(error);
    });
    const finish = (code: number | null, signal: NodeJS.Signals | null) => {
      release();
      const durationMs = performance.now() - startedAt;
      const [stdout, stderr] = [kept.stdout.text(), kept.stderr.text()];
      resolve({ code, signal, stdout, stderr, timedOut, durationMs });
    };
    child.once("close", finish);
    // A grandchild that left the group may hold the pipes open: do not wait for it.
    child.once("exit", (code, signal) => {
      closeTimer = setTimeout(() => finish(code, signal), KILL_GRACE_MS);
    });
  });
}

/** As `runCommand`, but any end other than exit code 0 throws a `CommandError` that ends with the output's tail. */
export async function mustRun(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const result = await runCommand(command, args, options);
  if (result.code === 0 && !result.timedOut) return result;
  const how = result.timedOut
    ? `did not finish within ${options.timeoutMs ?? 60_000} ms`
    : result.signal
      ? `was ended by ${result.signal}`
      : `ended with code ${result.code}`;
  const tail = `${result.stdout}\n${result.stderr}`.trim().slice(-4_000);
  throw new CommandError(`${[command, ...args].join(" ")} ${how}${tail ? `:\n${tail}` : ""}`, result);
}

/** Ends a child and waits for its end: `signal` (default SIGTERM), and SIGKILL after `graceMs` (default 5,000). */
export async function stopChild(
  child: ChildProcess,
  { signal = "SIGTERM", graceMs = 5_000 }: { signal?: NodeJS.Signals; graceMs?: number } = {},
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  const force = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(force);
}

/** Sends a signal to the process and to everything it started in its group; a process that is gone is fine. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/** For signal handlers: passes the signal on to every command that `runCommand` still waits for. */
function signalRunningCommands(signal: NodeJS.Signals): void {
  for (const child of running) signalGroup(child, signal);
}

/**
 * For programs that wait for commands: the children lead groups of their own, so Ctrl-C on a terminal does not
 * reach them by itself. The first signal ends them; the program goes on with what they left, or ends at the second.
 */
export function passSignalsOn(onFirst: (signal: NodeJS.Signals) => void = endAs): void {
  let first = true;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      signalRunningCommands(signal);
      if (!first) endAs(signal);
      first = false;
      onFirst(signal);
    });
  }
}

/** Ends this process as the signal would have. */
function endAs(signal: NodeJS.Signals): never {
  process.exit(128 + constants.signals[signal]);
}

/** Whether a process with this id runs on this machine. One that has ended and was not collected does not. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  try {
    // "pid (name) state …"; in a container without an init process the dead stay as Z for ever.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

function keepTail(bytesMax = 32 * 1024 * 1024) {
  const pieces: string[] = [];
  let length = 0;
  return {
    push(text: string) {
      pieces.push(text);
      length += text.length;
      while (length > bytesMax && pieces.length > 1) length -= pieces.shift()?.length ?? 0;
    },
    text: () => pieces.join(""),
  };
}
