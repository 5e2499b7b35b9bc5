import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";

const CHUNK_BYTES = 1024 * 1024;
const SAID_CHARS_MAX = 8_000;
const ENDS_CHARS_MAX = 4_000;
const TRACE_CHARS_MAX = 6_000;

/** What a reader's program is told, beside what it needs itself. */
interface ReaderFiles {
  /** It writes what it reads to this file, a line each. */
  readonly file: string;
  /** What its client does, a line each; for the message of a failure. */
  readonly trace: string;
}

/** A consumer in a process of its own, which goes on where its group stands whenever it ends. */
export class ReaderProcess {
  readonly #program: string;
  readonly #order: ReaderFiles;
  readonly #file: number;
  readonly #decoder = new StringDecoder("utf8");
  #child: ChildProcess | undefined;
  #isStopped = false;
  #at = 0;
  #rest = "";
  /** The last words before ends that nobody asked for. */
  readonly ends: string[] = [];
  #said = "";

  /** The program gets its order as JSON. */
  constructor(program: string, order: ReaderFiles) {
    this.#program = program;
    this.#order = order;
    closeSync(openSync(order.file, "a"));
    this.#file = openSync(order.file, "r");
  }

  start(): void {
    const child = spawn(process.execPath, [this.#program, JSON.stringify(this.#order)], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#said = "";
    const endWithUs = () => child.kill("SIGKILL");
    process.once("exit", endWithUs);
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#said = (this.#said + text).slice(-SAID_CHARS_MAX);
      });
    child.once("close", (code, signal) => {
      process.off("exit", endWithUs);
      if (this.#child !== child || this.#isStopped) return;
      this.ends.push(`${code ?? signal}: ${this.#said.slice(-ENDS_CHARS_MAX)}`);
      this.start();
    });
  }

  async kill9(): Promise<void> {
    await this.#end();
    this.start();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#end();
    closeSync(this.#file);
  }

  /** Whole lines that were written since the last time. */
  lines(): string[] {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let text = this.#rest;
    for (;;) {
      const bytes = readSync(this.#file, chunk, 0, CHUNK_BYTES, this.#at);
      if (bytes === 0) break;
      this.#at += bytes;
      text += this.#decoder.write(chunk.subarray(0, bytes));
    }
    const lines = text.split("\n");
    this.#rest = lines.pop() ?? "";
    return lines;
  }

  /** What it wrote, and what its client did. */
  lastWords(): string {
    const { trace } = this.#order;
    return `${this.#said}\n${existsSync(trace) ? readFileSync(trace, "utf8").slice(-TRACE_CHARS_MAX) : ""}`;
  }

  async #end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await Promise.race([gone, sleep(10_000, undefined, { ref: false })]);
  }
}
