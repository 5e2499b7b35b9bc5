import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { root } from "../paths.ts";
import { type RunningPostgres, startPostgres } from "../postgres.ts";
import { stopChild } from "../ps.ts";
import { freePort } from "../server/port.ts";

const READY_MS_MAX = 30_000;
const CONNECT_MS_MAX = 10_000;
/** The messaging client lets what it has asked for come to its end, which may take 20 s. */
const STOP_MS_MAX = 30_000;
const OUTPUT_CHARS_MAX = 4_000;
const PLACE = { host: "127.0.0.1", user: "shop_owner", database: "shop" };

/** Something that runs beside this process until it is stopped. */
interface Part {
  stop(): Promise<void>;
}

export interface Database extends Part {
  readonly user: string;
  readonly port: number;
  readonly password: string;
  /** One statement after the other, each a transaction of its own. */
  run(statements: readonly string[]): Promise<void>;
}

/** A PostgreSQL with an empty table `orders`, in a folder that goes with it. */
export async function startDatabase(folder: string): Promise<Database> {
  const { user, database } = PLACE;
  const server: RunningPostgres = await startPostgres({
    dataDir: join(folder, "postgres"),
    user,
    database,
    keep: false,
  });
  const { port, password } = server;
  const run = async (statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ ...PLACE, port, password, connectionTimeoutMillis: CONNECT_MS_MAX });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run([
    "create table orders (id bigint primary key, customer_id bigint, amount numeric(10, 2))",
    "alter table orders replica identity full",
  ]);
  return { user, port, password, run, stop: () => server.stop() };
}

/** A program of `examples/inflow`, whose lines are handed to `print` as they come. */
export async function startProgram(
  args: readonly string[],
  print: (line: string) => void,
  isReady?: (line: string) => boolean,
): Promise<Part> {
  const child = spawn(process.execPath, [...args], {
    cwd: join(root, "examples/inflow"),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-OUTPUT_CHARS_MAX);
  });
  let wasReady = isReady === undefined;
  let rest = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = (lines.pop() ?? "").slice(-OUTPUT_CHARS_MAX);
    for (const line of lines) {
      wasReady ||= isReady?.(line) === true;
      print(line);
    }
  });
  await readyOrStopped(
    child,
    () => wasReady,
    () => said,
  );
  return { stop: () => stopChild(child, { graceMs: STOP_MS_MAX }) };
}

/** The local service in memory, which finds the function `clean` at this URL. */
export async function startService(
  folder: string,
  functionUrl: string,
): Promise<Part & { readonly endpoint: string }> {
  const settings = join(folder, "settings.json");
  // Every JSON is YAML, too.
  writeFileSync(settings, JSON.stringify({ rooms: { eventbridge: { functions: { clean: functionUrl } } } }));
  const port = await freePort();
  const ports = ["--port", port, "--kafka-port", 0, "--rocketmq-port", 0].map(String);
  const args = [join(root, "service/dist/main.js"), "--memory", "--settings", settings, ...ports];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-OUTPUT_CHARS_MAX);
  });
  const endpoint = `http://127.0.0.1:${port}`;
  let isHealthy = false;
  await readyOrStopped(
    child,
    async () => {
      isHealthy ||= await fetch(`${endpoint}/_service/health`).then(
        (answer) => answer.ok,
        () => false,
      );
      return isHealthy;
    },
    () => said,
  );
  return { endpoint, stop: () => stopChild(child) };
}

async function readyOrStopped(
  child: ChildProcess,
  isReady: () => boolean | Promise<boolean>,
  said: () => string,
): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX;
  while (!(await isReady())) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (!hasEnded && performance.now() < deadline) {
      await sleep(50);
      continue;
    }
    await stopChild(child);
    throw new Error(`${child.spawnargs.slice(1, 3).join(" ")} did not become ready:\n${said()}`);
  }
}
