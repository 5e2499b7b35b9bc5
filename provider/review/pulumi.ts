import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { textWithoutSecrets } from "../../contract/secrets/index.ts";
import type { Environment } from "../runtime/host/settings.ts";
import { PREVIEW_CHARS_MAX } from "./input.ts";
import { ReviewError } from "./review-error.ts";

export interface PulumiPlace {
  /** Folder of the program. */
  readonly cwd: string;
  /** Default: the one that the folder has selected. */
  readonly stack: string | undefined;
  readonly environment: Environment;
}

/** A preview of a large stack takes minutes; one that hangs is ended. */
const PREVIEW_MS_MAX = 30 * 60_000;
const CONFIG_MS_MAX = 60_000;
const KILL_GRACE_MS = 10_000;
const TOLD_CHARS_MAX = 2_000;

/** A preview that has ended. */
interface PreviewRun {
  /** Its JSON. */
  readonly text: string;
  /** How it failed; undefined where it went through. */
  readonly failure: string | undefined;
}

/**
 * Runs a preview, which writes no state. One that refuses something fails, and its JSON says why as a rule. Throws
 * ReviewError where there is no JSON.
 */
export async function runPreview(place: PulumiPlace, more: readonly string[] = []): Promise<PreviewRun> {
  const { code, stdout, stderr } = await pulumi(place, ["preview", "--json", ...more], PREVIEW_MS_MAX);
  const ending = `\`pulumi preview\` in ${place.cwd} ended with ${code ?? "a signal"}`;
  if (stdout.trim() !== "")
    return { text: stdout, failure: code === 0 ? undefined : `${ending}: ${told(stderr)}` };
  throw new ReviewError("PulumiFailed", `${ending} and wrote no JSON: ${told(stderr)}`);
}

/** One value of the stack's configuration, secrets in clear; undefined where it cannot be had. */
export async function configValue(place: PulumiPlace, key: string): Promise<string | undefined> {
  const { code, stdout } = await pulumi(place, ["config", "get", key], CONFIG_MS_MAX);
  return code === 0 ? stdout.replace(/\r?\n$/, "") : undefined;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function pulumi(place: PulumiPlace, args: readonly string[], timeoutMs: number): Promise<Ended> {
  const what = `pulumi ${args[0]}`;
  // Node.js would blame the command.
  if (!isFolder(place.cwd)) {
    const text = `there is no folder ${place.cwd} to run \`${what}\` in: --cwd names the folder of the program`;
    throw new ReviewError("FolderNotFound", text);
  }
  const stack = place.stack === undefined ? [] : ["--stack", place.stack];
  const child = spawn("pulumi", [...args, ...stack, "--non-interactive", "--color", "never"], {
    cwd: place.cwd,
    // As a stream of events the output would be no single JSON text.
    env: {
      ...place.environment,
      PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "false",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return ended(child, what, timeoutMs);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function ended(child: ChildProcess, what: string, timeoutMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const kept = { stdout: "", stderr: "" };
    let problem: ReviewError | undefined;
    let killTimer: NodeJS.Timeout | undefined;
    const stop = (error: ReviewError) => {
      if (problem !== undefined) return;
      problem = error;
      child.kill("SIGTERM");
      killTimer = setTimeout(() => child.kill("SIGKILL"), KILL_GRACE_MS);
    };
    const timer = setTimeout(() => stop(tooLong(what, timeoutMs)), timeoutMs);
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream]?.setEncoding("utf8").on("data", (text: string) => {
        kept[stream] += text;
        if (kept[stream].length > PREVIEW_CHARS_MAX) stop(tooMuch(what));
      });
    }
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(killTimer);
    };
    child.once("error", (cause) => {
      settle();
      reject(notStarted(what, cause));
    });
    child.once("close", (code) => {
      settle();
      if (problem === undefined) resolve({ code, ...kept });
      else reject(problem);
    });
  });
}

function notStarted(what: string, cause: Error): ReviewError {
  return new ReviewError(
    "PulumiNotFound",
    `\`${what}\` could not be started (${cause.message}). Install the Pulumi CLI and put it on the PATH; ` +
      "or give the output of `pulumi preview --json` as a file",
    { cause },
  );
}

function tooLong(what: string, timeoutMs: number): ReviewError {
  return new ReviewError(
    "TimedOut",
    `\`${what}\` did not end within ${timeoutMs / 60_000} minutes and was stopped`,
  );
}

function tooMuch(what: string): ReviewError {
  return new ReviewError(
    "PulumiFailed",
    `\`${what}\` wrote more than ${PREVIEW_CHARS_MAX} characters and was stopped`,
  );
}

/** The last lines of what was said, where the reason stands. */
function told(stderr: string): string {
  const text = textWithoutSecrets(stripVTControlCharacters(stderr)).trim();
  return text === "" ? "it said nothing" : text.slice(-TOLD_CHARS_MAX);
}
