import type pg from "pg";
import { seededPick } from "../fire.ts";

export const WORKLOAD_TABLES = ["work_key", "work_full", "work_wide"] as const;

export const WORKLOAD_SETUP = `
  CREATE TABLE work_key (id int PRIMARY KEY, a text, n numeric);
  CREATE TABLE work_full (id int, a text, at timestamptz); ALTER TABLE work_full REPLICA IDENTITY FULL;
  CREATE TABLE work_wide (x int, y text, big text, PRIMARY KEY (x, y));`;

/** Random transactions on one connection: changes of rows and keys, savepoints, rollbacks. Its keys are its own. */
export async function work(client: pg.Client, session: number, transactions: number): Promise<void> {
  const random = seededPick(session + 1);
  for (let count = 0; count < transactions; count += 1) {
    await client.query("BEGIN");
    for (let change = random(6); change >= 0; change -= 1) {
      const isSaved = random(4) === 0;
      if (isSaved) await client.query("SAVEPOINT s");
      await client.query(statement(random, session));
      if (isSaved) await client.query(random(2) === 0 ? "ROLLBACK TO s" : "RELEASE s");
    }
    await client.query(random(8) === 0 ? "ROLLBACK" : "COMMIT");
  }
}

function statement(random: (below: number) => number, session: number): string {
  const id = session * 1_000 + random(40);
  const other = session * 1_000 + random(40);
  const text = `'${"x".repeat(random(30))}😀${random(1_000)}'`;
  const big = `(SELECT string_agg(md5((i * ${random(1_000)})::text), '') FROM generate_series(1, 120) AS i)`;
  const all = [
    `INSERT INTO work_key VALUES (${id}, ${text}, ${random(100)}.5) ON CONFLICT (id) DO UPDATE SET a = excluded.a`,
    `UPDATE work_key SET a = NULL, n = n + 1 WHERE id BETWEEN ${id} AND ${id + 3}`,
    `UPDATE work_key SET id = ${other} WHERE id = ${id} AND NOT EXISTS (SELECT FROM work_key WHERE id = ${other})`,
    `DELETE FROM work_key WHERE id = ${id}`,
    `INSERT INTO work_full VALUES (${id}, ${text}, now())`,
    `UPDATE work_full SET a = a || '!' WHERE id = ${id}`,
    `DELETE FROM work_full WHERE id BETWEEN ${id} AND ${id + 2}`,
    `INSERT INTO work_wide VALUES (${id}, 'y', ${big}) ON CONFLICT (x, y) DO UPDATE SET big = excluded.big`,
    `UPDATE work_wide SET y = md5(y || '${random(1_000_000)}') WHERE x = ${id}`,
    `DELETE FROM work_wide WHERE x = ${other}`,
  ];
  return all[random(all.length)] as string;
}
