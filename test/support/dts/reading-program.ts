import { type ChildProcess, spawn } from "node:child_process";
import { stopChild } from "../../../tools/ps.ts";
import { until } from "../../service/dts/support/wait.ts";

const END_MS_MAX = 20_000;

/** A program that prints what it reads, one line each. */
export class ReadingProgram {
  readonly #child: ChildProcess;
  #out = "";
  #errors = "";

  constructor(command: readonly string[], options: { env?: Record<string, string>; cwd?: string } = {}) {
    const [program = "", ...args] = command;
    const { env = {}, cwd } = options;
    this.#child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child.stdout?.on("data", (text) => {
      this.#out += text;
    });
    this.#child.stderr?.on("data", (text) => {
      this.#errors += text;
    });
    this.#child.on("error", (error) => {
      this.#errors += error.message;
    });
  }

  /** Whole lines only. */
  lines(): string[] {
    return this.#out.split("\n").slice(0, -1);
  }

  /** What it says beside its lines, once that fits. */
  async errorsUntil(wanted: RegExp): Promise<string> {
    return until(
      () => this.#errors,
      (errors) => wanted.test(errors),
    );
  }

  /** The lines, once one of them fits; fails with what the program said when it ends before. */
  async linesUntil(wanted: RegExp): Promise<string[]> {
    await until(
      () => ({ lines: this.lines(), errors: this.#errors.slice(-2_000), code: this.#child.exitCode }),
      ({ lines, errors, code }) => {
        if (lines.some((line) => wanted.test(line))) return true;
        if (code !== null) throw new Error(`it ended with status ${code}: ${lines.join("\n")}\n${errors}`);
        return false;
      },
    );
    return this.lines();
  }

  /** Ends it as Ctrl-C does, and waits; gives its exit status. */
  async end(signal: NodeJS.Signals = "SIGINT"): Promise<number | null> {
    await stopChild(this.#child, { signal, graceMs: END_MS_MAX });
    return this.#child.exitCode;
  }
}
