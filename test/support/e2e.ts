import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../../tools/build.ts";
import { userCacheFolder } from "../../tools/paths.ts";
import { type CommandResult, mustRun, runCommand } from "../../tools/ps.ts";
import { ensurePulumi, pulumiEnv } from "../../tools/pulumi.ts";
import { type RunEvents, readEvents, type Step } from "./e2e/events.ts";
import {
  type ConfigValue,
  cleanEnv,
  installPackages,
  type Program,
  placeProgram,
  plainConfig,
  secretArgs,
  writeFiles,
} from "./e2e/workspace.ts";

export type { CheckFailure, Diagnostic, Step } from "./e2e/events.ts";
export { removeProvider } from "./e2e/workspace.ts";

export interface StackOptions {
  /** A folder to copy, or the files by path. `index.ts` is not type checked here: `npm test` does that once. */
  program: Program;
  /** An existing folder for the program that has its packages, or lies below them. Default: a temporary one. */
  folder?: string;
  /** A key without a namespace gets the project's. `{ secret: "…" }` is stored encrypted. */
  config?: Record<string, ConfigValue>;
  /** Added to every command's environment. */
  env?: Record<string, string>;
  /** The project's name, when the program brings no Pulumi.yaml. Default `test`. */
  project?: string;
}

export interface RunOptions {
  /** More arguments for the CLI. */
  args?: string[];
  env?: Record<string, string>;
  /** Upper bound of the run in milliseconds. Default 400,000. */
  timeoutMs?: number;
}

/** One run of the CLI, taken apart. */
export interface RunResult extends RunEvents {
  ok: boolean;
  code: number | null;
  /** The steps that change something: every operation but `same` and `read`, and refreshes with an outcome. */
  changed: Step[];
  /** The messages of the errors, the engine's own closing line included. */
  errors: string[];
  warnings: string[];
  /** What a user sees: stdout and stderr. */
  text: string;
  durationMs: number;
}

export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  parent?: string;
}

export interface TestStack {
  /** The folder of the program. */
  folder: string;
  /** The file backend: every state file and its backups. */
  stateDir: string;
  env: NodeJS.ProcessEnv;
  preview(options?: RunOptions): Promise<RunResult>;
  up(options?: RunOptions): Promise<RunResult>;
  refresh(options?: RunOptions): Promise<RunResult>;
  destroy(options?: RunOptions): Promise<RunResult>;
  /** Replaces or adds files of the program. */
  edit(files: Record<string, string>): void;
  /** The resources in the state, the stack and the default providers included; secrets stay encrypted. */
  exportState(): Promise<StateResource[]>;
  /** The stack's outputs; secrets in clear. */
  outputs(): Promise<Record<string, unknown>>;
  /** Any other command, for example `["state", "delete", urn]`. */
  run(args: string[], options?: RunOptions): Promise<CommandResult>;
}

const RUN_MS_MAX = 400_000;

let builtOnce: Promise<unknown> | undefined;

/**
 * Runs `work` with a Pulumi project of its own: a temporary folder with a file backend, the real CLI, and the built
 * packages of this workspace installed as a user would have them. The folder is removed afterwards in any case;
 * what the program made is not destroyed, it belongs to the service that the test started.
 */
export async function withStack<T>(
  options: StackOptions,
  work: (stack: TestStack) => Promise<T>,
): Promise<T> {
  builtOnce ??= build({ only: ["provider", "runtime", "definitions"] });
  await builtOnce;
  const base = mkdtempSync(join(tmpdir(), "change-tracking-e2e-"));
  try {
    return await work(await makeStack(base, options));
  } finally {
    rmSync(base, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  }
}

async function makeStack(base: string, options: StackOptions): Promise<TestStack> {
  const [folder, stateDir] = [options.folder ?? join(base, "program"), join(base, "state")];
  const project = options.project ?? "test";
  placeProgram(folder, options.program, project);
  if (options.folder === undefined) installPackages(folder);
  for (const path of [stateDir, join(base, "home")]) mkdirSync(path, { recursive: true });
  const env = { ...(await stackEnv(base, stateDir)), ...options.env };

  const run: TestStack["run"] = (args, { env: more, timeoutMs = RUN_MS_MAX } = {}) =>
    runCommand("pulumi", [...args, "--non-interactive"], {
      cwd: folder,
      env: { ...env, ...more },
      timeoutMs,
    });
  const operate = (command: string[]) => (runOptions?: RunOptions) =>
    operation(base, run, command, runOptions);

  writeFileSync(join(folder, "Pulumi.dev.yaml"), plainConfig(project, options.config ?? {}));
  await mustRun("pulumi", ["stack", "init", "dev", "--non-interactive"], { cwd: folder, env });
  const secrets = secretArgs(project, options.config ?? {});
  if (secrets.length > 0) {
    await mustRun("pulumi", ["config", "set-all", ...secrets, "--non-interactive"], { cwd: folder, env });
  }
  return {
    folder,
    stateDir,
    env,
    run,
    preview: operate(["preview"]),
    up: operate(["up", "--yes", "--skip-preview"]),
    refresh: operate(["refresh", "--yes", "--skip-preview"]),
    destroy: operate(["destroy", "--yes", "--skip-preview"]),
    edit: (files) => writeFiles(folder, files),
    exportState: async () => {
      const { stdout } = await mustRun("pulumi", ["stack", "export"], { cwd: folder, env });
      return (
        (JSON.parse(stdout) as { deployment: { resources?: StateResource[] } }).deployment.resources ?? []
      );
    },
    outputs: async () => {
      const args = ["stack", "output", "--json", "--show-secrets"];
      return JSON.parse((await mustRun("pulumi", args, { cwd: folder, env })).stdout);
    },
  };
}

async function stackEnv(base: string, stateDir: string): Promise<NodeJS.ProcessEnv> {
  const setup = await ensurePulumi();
  return {
    ...pulumiEnv({ setup, backendDir: stateDir, passphrase: "test", base: cleanEnv() }),
    // Nothing of the user's own: no credentials file, no settings.
    HOME: join(base, "home"),
    PULUMI_HOME: join(base, "home/.pulumi"),
    // Opens --event-log, where every run is read from.
    PULUMI_DEBUG_COMMANDS: "true",
    // Half a second less for every run of a TypeScript program; the type check is a step of its own.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // The language host and the provider host load the same sources every time.
    NODE_COMPILE_CACHE: join(userCacheFolder(), "node-compile"),
  };
}

let runs = 0;

async function operation(
  base: string,
  run: TestStack["run"],
  command: string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const log = join(base, `events-${++runs}.jsonl`);
  const args = [...command, "--event-log", log, "--color", "never", ...(options.args ?? [])];
  const result = await run(args, options);
  const text = `${result.stdout}${result.stderr}`;
  if (result.timedOut) throw new Error(`pulumi ${command[0]} did not end in time:\n${text}`);
  const events = readEvents(existsSync(log) ? readFileSync(log, "utf8") : "");
  const messages = (severity: string) =>
    events.diagnostics.filter((one) => one.severity === severity).map((one) => one.message);
  return {
    ...events,
    ok: result.code === 0,
    code: result.code,
    changed: events.steps.filter(({ outcome }) => !["same", "read", "refresh"].includes(outcome)),
    errors: messages("error"),
    warnings: messages("warning"),
    text,
    durationMs: result.durationMs,
  };
}
