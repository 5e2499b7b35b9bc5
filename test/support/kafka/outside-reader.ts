import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { cached } from "../../../tools/cached.ts";
import { javaClasses, mavenClassPath } from "../../../tools/maven.ts";
import { mustRun } from "../../../tools/ps.ts";
import type { Need } from "../needs.ts";

const javaFile = (path: string) => fileURLToPath(new URL(`java/${path}`, import.meta.url));
const READ_PYTHON = fileURLToPath(new URL("read-topic.py", import.meta.url));
export const CONFLUENT = "confluent-kafka==2.16.1";
const INSTALL_MS_MAX = 3 * 60_000;
/** A JVM needs seconds to start on a machine with much else to do. */
const LINE_MS_MAX = 90_000;

/** A program that reads a topic, with its arguments still to come: see ReadTopic.java. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** The Java client of this version, before 2.0 or from 2.4 on; fetched when it is not in the cache. */
export async function javaReader(version: string): Promise<Program> {
  const jars = await mavenClassPath([`org.apache.kafka:kafka-clients:${version}`]);
  const calls = Number(version.split(".")[0]) < 2 ? "before-2.0" : "since-2.4";
  const files = ["ReadTopic.java", `${calls}/Calls.java`].map(javaFile);
  const classes = await javaClasses(files, jars);
  const fast = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"];
  return { command: "java", args: [...fast, "-cp", [classes, jars].join(delimiter), "ReadTopic"] };
}

/** librdkafka by its Python wheel. */
export async function pythonReader(): Promise<Program> {
  return {
    command: "python3",
    args: [READ_PYTHON],
    env: { ...process.env, ...(await pythonWith(CONFLUENT)) },
  };
}

/** What must be in the environment for Python to have these packages, which stand in nobody's Python: they are in the cache alone. */
export async function pythonWith(...packages: readonly string[]): Promise<{ PYTHONPATH: string }> {
  const folder = await cached(packages.join("-").replaceAll("==", "-"), async (work) => {
    const install = ["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--target", work];
    await mustRun("python3", [...install, ...packages], { timeoutMs: INSTALL_MS_MAX });
  });
  return { PYTHONPATH: folder };
}

export function pythonNeed(): Need {
  return {
    name: "python3 with pip (apt install python3-pip)",
    available: spawnSync("python3", ["-m", "pip", "--version"], { timeout: 60_000 }).status === 0,
    offeredByRegistries: true,
  };
}

export interface ReadArguments {
  readonly brokers: string;
  /** `mode/start/count`, see ReadTopic.java. */
  readonly steps: readonly string[];
  readonly password?: string;
  readonly group?: string;
}

/** Lines of a running program; it is ended with the test. */
export class OutsideReader {
  readonly lines: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  constructor(program: Program, given: ReadArguments) {
    const { brokers, steps, password = "Secret-123", group = "g1" } = given;
    const args = [brokers, "reader-g1", password, group, "changes", ...steps];
    this.#child = spawn(program.command, [...program.args, ...args], {
      stdio: ["ignore", "pipe", "ignore"],
      env: program.env ?? process.env,
    });
    const stdout = this.#child.stdout;
    if (!stdout) throw new Error("no output");
    this.#ended = new Promise((resolve) => {
      createInterface(stdout)
        .on("line", (line) => void this.lines.push(line))
        .on("close", resolve);
    });
    onTestFinished(() => this.kill());
  }

  /** All lines, when it has ended by itself. */
  async all(): Promise<readonly string[]> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), LINE_MS_MAX);
    await this.#ended;
    clearTimeout(timer);
    return this.lines;
  }

  /** Resolves when it has printed this line. */
  async line(text: string): Promise<void> {
    const until = Date.now() + LINE_MS_MAX;
    while (!this.lines.includes(text)) {
      if (Date.now() > until) throw new Error(`no line ${text}, but ${this.lines.join(" | ")}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}
