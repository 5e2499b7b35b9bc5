import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { packagesOf } from "../../tools/mariadb/apt.ts";
import { startMariadb } from "../../tools/mariadb.ts";
import { isProcessAlive } from "../../tools/ps.ts";
import { mariadbNeed } from "../support/mariadb.ts";
import { needs } from "../support/needs.ts";

const test = needs(await mariadbNeed());
const credentials = { user: "owner", password: "it's Secret1", database: "shop" };
let folder: string;

beforeAll(() => {
  // Private to its owner: as root, the server's account cannot enter it and the data moves elsewhere.
  folder = mkdtempSync(join(tmpdir(), "mariadb-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("starts with a full row-based binary log, keeps its data and its port, and stops", async () => {
  const options = { ...credentials, dataDir: join(folder, "kept") };
  const first = await startMariadb(options);
  const settings = "select @@log_bin l, @@binlog_format f, @@binlog_row_image i, current_user() u";
  expect(await first.run(settings)).toEqual([{ l: 1, f: "ROW", i: "FULL", u: "owner@%" }]);
  await first.run("create table kept (id int)");
  await first.stop();
  expect(isProcessAlive(first.pid)).toBe(false);

  const second = await startMariadb({ ...options, settings: { sync_binlog: "7" }, keep: false });
  expect(await second.run("select count(*) as n, @@sync_binlog as s from kept")).toEqual([{ n: 0, s: 7 }]);
  await second.stop();
});

test("a server whose starter was killed ends, and the next start works", async () => {
  const dataDir = join(folder, "killed");
  const options = JSON.stringify({ ...credentials, dataDir });
  const module = new URL("../../tools/mariadb.ts", import.meta.url).href;
  const script = `
    const { startMariadb } = await import(${JSON.stringify(module)});
    const { pid } = await startMariadb(${options});
    console.log(pid);
    setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const pid = Number(await firstLine(starter));
  expect(isProcessAlive(pid)).toBe(true);
  starter.kill("SIGKILL");
  await once(starter, "exit");

  const next = await startMariadb({ ...credentials, dataDir, keep: false });
  expect(isProcessAlive(pid)).toBe(false);
  expect(await next.run("select 1 as one")).toEqual([{ one: 1 }]);
  await next.stop();
});

test("takes from a simulated installation what is not there yet", () => {
  const simulated = [
    "Inst libperl5.36 [5.36.0-7] (5.36.0-8 Debian-Security:12 [amd64]) [perl:amd64 ]",
    "Inst libaio1 (0.3.113-4 Debian:12.15/oldstable [amd64])",
    "Inst mariadb-client-core [1:10.11] (1:10.11 Debian:12 [amd64])",
    "Conf libaio1 (0.3.113-4 Debian:12.15/oldstable [amd64])",
  ];
  expect(packagesOf(simulated.join("\n"))).toEqual(["libaio1", "mariadb-client-core"]);
});

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const piece of child.stdout ?? []) {
    text += piece;
    if (text.includes("\n")) break;
  }
  return text.trim();
}
