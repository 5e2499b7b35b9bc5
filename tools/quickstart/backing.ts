/**
 * The two processes behind the quickstart, in one: a real PostgreSQL with a small shop in it, and the
 * local service. Started by tools/quickstart.ts; says where they are in backing.json once both answer.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { LOCAL_HOST, LOCAL_KAFKA_PORT, LOCAL_PORT } from "../../contract/local.ts";
import { startPostgres } from "../postgres.ts";
import { stopChild } from "../ps.ts";
import { freePort } from "../server/port.ts";
import { withoutForeign } from "./environment.ts";
import { describeError } from "./failure.ts";
import { type Backing, backingFile, databaseDir, home, makeHome, root } from "./paths.ts";

const READY_MS_MAX = 15_000;

async function main(): Promise<void> {
  makeHome();
  const place = { host: "127.0.0.1", user: "shop_owner", name: "shop" };
  const postgres = await startPostgres({ dataDir: databaseDir, user: place.user, database: place.name });
  const database = { ...place, password: postgres.password, port: postgres.port };
  let service: ChildProcess | undefined;
  let stopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    rmSync(backingFile, { force: true });
    if (service) await stopChild(service);
    await postgres.stop();
    process.exit(exitCode);
  };
  process.on("SIGTERM", () => void stop(0));
  process.on("SIGINT", () => void stop(0));
  // In a run that tidies up after itself the two end with the process that started them.
  process.on("disconnect", () => {
    if (process.env.QUICKSTART_TIED === "1") void stop(0);
  });
  try {
    await fillShop(database);
    const port = await freePort(LOCAL_PORT);
    service = startService(port, await freePort(LOCAL_KAFKA_PORT));
    service.on("exit", () => void stop(1));
    await serviceReady(port);
    publish({ pid: process.pid, endpoint: `http://${LOCAL_HOST}:${port}`, database });
  } catch (error) {
    await tell(error);
    await stop(1);
  }
}

/** Says to whoever started this what went wrong, whole: the end of a log may be the least telling part of it. */
async function tell(error: unknown): Promise<void> {
  const reason = describeError(error);
  console.error(reason);
  if (!process.connected) return;
  await new Promise<void>((resolve) => process.send?.({ reason }, undefined, undefined, () => resolve()));
}

async function fillShop(database: Backing["database"]): Promise<void> {
  const client = new pg.Client({ ...database, database: database.name });
  await client.connect();
  try {
    await client.query(`
      create table if not exists customers (id bigint primary key, name text not null);
      create table if not exists orders (
        id bigint primary key, customer_id bigint references customers, amount numeric(10, 2), placed_at timestamptz default now());
      alter table customers replica identity full;
      alter table orders replica identity full;
      insert into customers values (1, 'Ada'), (2, 'Grace') on conflict do nothing;
      insert into orders values (1, 1, 12.50), (2, 2, 99.00) on conflict do nothing;`);
  } finally {
    await client.end();
  }
}

function startService(port: number, kafkaPort: number): ChildProcess {
  const ports = ["--port", String(port), "--kafka-port", String(kafkaPort)];
  const args = ["service/dist/main.js", ...ports, "--data", join(home, "service")];
  // Nothing of the user's settings: a flag for each of them would be forgotten one day.
  const env = withoutForeign(process.env);
  return spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
}

async function serviceReady(port: number): Promise<void> {
  const deadline = Date.now() + READY_MS_MAX;
  while (Date.now() < deadline) {
    const answer = await fetch(`http://${LOCAL_HOST}:${port}/_service/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the local service did not answer on port ${port} within ${READY_MS_MAX / 1000} s`);
}

function publish(backing: Backing): void {
  const draft = `${backingFile}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(backing, null, 2), { mode: 0o600 });
  renameSync(draft, backingFile);
}

try {
  await main();
} catch (error) {
  await tell(error);
  process.exit(1);
}
