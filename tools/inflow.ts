/**
 * npm run inflow: from a row to a message. Starts a PostgreSQL, the local service and a function that cleanses, brings up
 * the program in examples/inflow, changes rows, shows what a RocketMQ consumer gets of them, and takes everything down.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "./build.ts";
import { startDatabase, startProgram, startService } from "./inflow/parts.ts";
import { stackOf } from "./inflow/stack.ts";
import { root } from "./paths.ts";
import { mustRun } from "./ps.ts";
import { ensurePulumi, type PulumiSetup } from "./pulumi.ts";
import { describeError } from "./quickstart/failure.ts";

const MESSAGES_MS_MAX = 60_000;
const PREPARE_MS_MAX = 60_000;

/** What is done to the table; the program's filter leaves out the delete, the function the order of nobody. */
const STATEMENTS = [
  "insert into orders values (1, 7, 12.50)",
  "insert into orders values (2, 0, 1.00)",
  "insert into orders values (3, 8, 250.00)",
  "update orders set amount = 99.90 where id = 1",
  "delete from orders where id = 3",
];
const MESSAGES = 3;

let step = 0;
const say = (text: string) => console.log(`${step > 0 ? "\n" : ""}${++step}. ${text}`);
const note = (text: string) => console.log(`   ${text}`);

async function main(): Promise<void> {
  say("Building the provider and the service, and finding a Pulumi CLI");
  const [setup] = await Promise.all([ensurePulumi(), build({ types: true })]);
  const folder = mkdtempSync(join(tmpdir(), "change-tracking-inflow-"));
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stopAll().then(() => process.exit(130)));
  try {
    await run(setup, folder, stops);
  } finally {
    await stopAll();
  }
  console.log("\nDone; nothing of it is left.");
}

async function run(setup: PulumiSetup, folder: string, stops: (() => Promise<void>)[]): Promise<void> {
  say("Starting PostgreSQL, a function that cleanses, and the local service");
  const database = await startDatabase(folder);
  stops.push(database.stop);
  let functionUrl = "";
  const cleansing = await startProgram(
    ["clean.js", "0"],
    (line) => {
      functionUrl = line.split(" ").at(-1) ?? "";
    },
    (line) => line.includes("http://"),
  );
  stops.push(cleansing.stop);
  const service = await startService(folder, functionUrl);
  stops.push(service.stop);
  note(`service ${service.endpoint}, database 127.0.0.1:${database.port}, function ${functionUrl}`);

  say("A RocketMQ instance with the topic orders (prepare.js), then pulumi up");
  const prepared = await prepare(service.endpoint);
  const stack = await stackOf(setup, folder, { endpoint: service.endpoint, database, prepared });
  await stack(["up", "--yes", "--skip-preview"], true);

  say("Rows in PostgreSQL, each a transaction");
  const consumer = await consume(service.endpoint, prepared.queueInstance ?? "");
  stops.push(consumer.stop);
  for (const statement of STATEMENTS) note(`${statement};`);
  await database.run(STATEMENTS);

  say("Messages that the RocketMQ group warehouse takes: inserts and updates, cleansed by the function");
  await consumer.messages;
  await consumer.stop();
  say("pulumi destroy");
  await stack(["destroy", "--yes", "--skip-preview", "--remove"], true);
}

async function prepare(endpoint: string): Promise<Record<string, string>> {
  const { stdout } = await mustRun(process.execPath, ["prepare.js", endpoint], {
    cwd: join(root, "examples/inflow"),
    timeoutMs: PREPARE_MS_MAX,
  });
  return Object.fromEntries(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split("=", 2) as [string, string]),
  );
}

async function consume(endpoint: string, instance: string) {
  let seen = 0;
  const consumer = await startProgram(["consume.js", endpoint, instance, "warehouse", "orders"], (line) => {
    seen += 1;
    note(line);
  });
  const messages = async () => {
    const deadline = performance.now() + MESSAGES_MS_MAX;
    while (seen < MESSAGES) {
      if (performance.now() > deadline)
        throw new Error(`${seen} of ${MESSAGES} messages came within ${MESSAGES_MS_MAX / 1000} s`);
      await sleep(100);
    }
  };
  return {
    ...consumer,
    get messages() {
      return messages();
    },
  };
}

try {
  await main();
} catch (error) {
  console.error(describeError(error));
  process.exitCode = 1;
}
