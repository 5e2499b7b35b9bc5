import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres } from "../../tools/postgres.ts";
import { isProcessAlive } from "../../tools/ps.ts";

const credentials = { user: "owner", password: "Secret1", database: "shop" };
let folder: string;

beforeAll(() => {
  // Private to its owner: as root, the server's account cannot enter it and the data moves elsewhere.
  folder = mkdtempSync(join(tmpdir(), "postgres-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("starts with logical decoding, keeps its data and its port, and stops", async () => {
  const options = { ...credentials, dataDir: join(folder, "kept") };
  const first = await startPostgres(options);
  const [level] = await query(first.port, "show wal_level");
  expect(level).toEqual({ wal_level: "logical" });
  await query(first.port, "create table kept (id int)");
  await query(first.port, "select pg_create_logical_replication_slot('slot', 'pgoutput')");
  await first.stop();
  expect(isProcessAlive(first.pid)).toBe(false);

  const second = await startPostgres({ ...options, keep: false });
  expect(await query(second.port, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  await second.stop();
});

test("a server whose starter was killed ends, and the next start works", async () => {
  const dataDir = join(folder, "killed");
  const options = JSON.stringify({ ...credentials, dataDir });
  const module = new URL("../../tools/postgres.ts", import.meta.url).href;
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module)});
    const { pid } = await startPostgres(${options});
    console.log(pid);
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const pid = Number(await firstLine(starter));
  expect(isProcessAlive(pid)).toBe(true);
  starter.kill("SIGKILL");
  await once(starter, "exit");

  const next = await startPostgres({ ...credentials, dataDir, keep: false });
  expect(isProcessAlive(pid)).toBe(false);
  expect(await query(next.port, "select 1 as one")).toEqual([{ one: 1 }]);
  await next.stop();
});

async function query(port: number, text: string): Promise<unknown[]> {
  const client = new pg.Client({ host: "127.0.0.1", port, ...credentials });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const piece of child.stdout ?? []) {
    text += piece;
    if (text.includes("\n")) break;
  }
  return text.trim();
}
