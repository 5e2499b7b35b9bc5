import type mysql from "mysql2/promise";
import { afterAll, beforeAll, expect } from "vitest";
import { MariadbSource } from "../../../../support/dts/mariadb-source.ts";
import { mysqlBytes } from "../../../../support/dts/mysql-text.ts";
import { Replica } from "../../../../support/dts/oracle.ts";
import { RunningCapture } from "../../../../support/dts/running-capture.ts";
import { seededPick } from "../../../../support/fire.ts";
import { mariadbNeed } from "../../../../support/mariadb.ts";
import { needs } from "../../../../support/needs.ts";

const need = await mariadbNeed();
const it = needs(need);
let source: MariadbSource;
beforeAll(async () => {
  if (need.available) source = await MariadbSource.start({ max_binlog_size: "16384" });
});
afterAll(() => source?.stop());

const SESSIONS = 3;
const TRANSACTIONS = 80;
/** Of all; the rest may be victims of deadlocks. */
const ENDED_MIN = (SESSIONS * TRANSACTIONS) / 2;
const KILLS = 4;

/** Random transactions on one connection; how many came to their own end. Its keys are its own, but gaps between keys are not. */
async function work(client: mysql.Connection, session: number): Promise<number> {
  const random = seededPick(session + 1);
  let ended = 0;
  for (let count = 0; count < TRANSACTIONS; count += 1) {
    try {
      await transaction(client, session, random);
      ended += 1;
    } catch (error) {
      // The server has rolled all of it back, and the next one begins.
      if ((error as { code?: unknown }).code !== "ER_LOCK_DEADLOCK") throw error;
    }
  }
  return ended;
}

/** Changes of rows and keys, savepoints, rollbacks. */
async function transaction(
  client: mysql.Connection,
  session: number,
  random: (below: number) => number,
): Promise<void> {
  await client.query("BEGIN");
  for (let change = random(6); change >= 0; change -= 1) {
    const isSaved = random(4) === 0;
    if (isSaved) await client.query("SAVEPOINT s");
    await client.query(statement(random, session));
    if (isSaved) await client.query(random(2) === 0 ? "ROLLBACK TO s" : "RELEASE SAVEPOINT s");
  }
  await client.query(random(8) === 0 ? "ROLLBACK" : "COMMIT");
}

function statement(random: (below: number) => number, session: number): string {
  const id = session * 1_000 + random(40);
  const other = session * 1_000 + random(40);
  const text = `'${"x".repeat(random(300))}😀${random(1_000)}'`;
  const all = [
    `INSERT INTO keyed VALUES (${id}, ${text}, ${random(100)}.5) ON DUPLICATE KEY UPDATE a = VALUES(a)`,
    `UPDATE keyed SET a = NULL, n = n + 1 WHERE id BETWEEN ${id} AND ${id + 3}`,
    `UPDATE IGNORE keyed SET id = ${other} WHERE id = ${id}`,
    `DELETE FROM keyed WHERE id = ${id}`,
    `REPLACE INTO keyed VALUES (${id}, ${text}, -${random(100)})`,
    `INSERT INTO loose VALUES (${id}, ${text}, now(3))`,
    `UPDATE loose SET a = concat(a, '!') WHERE id = ${id}`,
    `DELETE FROM loose WHERE id BETWEEN ${id} AND ${id + 2}`,
  ];
  return all[random(all.length)] as string;
}

it("replaying what came gives the source's tables, though its connections were cut", async () => {
  await source.sql(
    "CREATE TABLE keyed (id int PRIMARY KEY, a varchar(400) CHARACTER SET utf8mb4, n decimal(10,2))",
    "CREATE TABLE loose (id int, a text CHARACTER SET utf8mb4, at datetime(3), KEY (id))",
  );
  const running = await RunningCapture.start(source, source.job("oracle"));
  const clients = await Promise.all(Array.from({ length: SESSIONS }, () => source.connect()));
  const working = Promise.all(clients.map(work));
  for (let kill = 0; kill < KILLS; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const threads = await source.sql(
      "SELECT id FROM information_schema.processlist WHERE command = 'Binlog Dump'",
    );
    for (const { id } of threads) await source.sql(`KILL ${id}`).catch(() => undefined);
    await running.reading.catch(() => undefined);
    running.read();
  }
  const ended = await working;
  expect(ended.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(ENDED_MIN);
  for (const client of clients) client.destroy();
  const records = await running.caughtUp(source);
  await running.stop();
  const replica = new Replica((value) => mysqlBytes(value)?.toString() ?? null).apply(records);
  for (const table of ["keyed", "loose"]) {
    const order = (rows: readonly Record<string, unknown>[]) => rows.map((row) => JSON.stringify(row)).sort();
    const columns = table === "keyed" ? "id, a, n" : "id, a, at";
    const [rows] = await source.client.query<mysql.RowDataPacket[]>({
      sql: `SELECT ${columns} FROM ${table}`,
      typeCast: (field: { type: string; string(): string | null }) => {
        const text = field.string();
        return field.type === "DATETIME" ? (text?.replace(/\.?0+$/, "") ?? null) : text;
      },
    });
    const replayed = replica
      .rows(`shop.${table}`)
      .map((row) => (row.at ? { ...row, at: row.at.replace(/(\.\d*?)0+$/, "$1") } : row));
    expect(order(replayed)).toEqual(order(rows));
    expect(rows.length).toBeGreaterThan(5);
  }
});
