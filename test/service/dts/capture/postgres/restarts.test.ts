import { afterAll, beforeAll, expect, it } from "vitest";
import { Replica } from "../../../../support/dts/oracle.ts";
import { PostgresSource } from "../../../../support/dts/postgres-source.ts";
import { RunningCapture } from "../../../../support/dts/running-capture.ts";
import { WORKLOAD_SETUP, WORKLOAD_TABLES, work } from "../../../../support/dts/workload.ts";

const SESSIONS = 3;
const TRANSACTIONS = 150;
const KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_replication";
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let source: PostgresSource;
beforeAll(async () => {
  source = await PostgresSource.start();
  await source.sql("SET timezone = UTC");
  await source.sql(WORKLOAD_SETUP);
});
afterAll(() => source?.stop());

/** Rows as texts, in an order that does not depend on where they came from. */
async function stored(table: string): Promise<string[]> {
  const columns = await source.sql(
    "SELECT string_agg(format('%I::text', attname), ', ' ORDER BY attnum) AS list FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped",
    [table],
  );
  const { rows } = await source.sql(`SELECT ${columns.rows[0].list} FROM ${table}`);
  return rows.map((row) => JSON.stringify(row)).sort();
}

it("nothing lost, nothing twice, no half transaction, whenever the connection is cut", async () => {
  const running = new RunningCapture(source.capture(source.job("kills")));
  await running.prepare();
  let isWorking = true;
  const failures = new Set<string>();
  let cuts = 0;
  const reading = (async () => {
    while (isWorking) {
      await running.read().catch((error) => failures.add(error.code));
      cuts += 1;
      await pause(5);
    }
  })();
  const clients = await Promise.all(Array.from({ length: SESSIONS }, () => source.connect()));
  const cutting = (async () => {
    while (isWorking) {
      await pause(60);
      // Now and then what was received is not durable yet when the connection breaks.
      running.log.isHeld = !running.log.isHeld;
      await source.sql(KILL);
    }
  })();
  await Promise.all(clients.map((client, session) => work(client, session, TRANSACTIONS)));
  isWorking = false;
  await cutting;
  await running.stop().catch(() => undefined);
  await reading;
  running.log.release();
  running.read();
  const replica = new Replica().apply(await running.caughtUp(source));
  await running.stop();
  for (const table of WORKLOAD_TABLES) {
    const replayed = replica.rows(`shop.public.${table}`).map((row) => JSON.stringify(row));
    expect(replayed.sort()).toEqual(await stored(table));
  }
  expect(cuts).toBeGreaterThan(3);
  expect([...failures]).toEqual(["SOURCE_LOST"]);
  await Promise.all(clients.map((client) => client.end()));
  await running.capture.cleanUp(new AbortController().signal);
  expect(await source.leftovers()).toEqual([]);
});

it("pauses when so much waits that reading should, and goes on", async () => {
  const running = await RunningCapture.start(source, source.job("full"));
  await running.caughtUp(source);
  running.log.isFull = true;
  await source.sql(
    "INSERT INTO work_key SELECT i, repeat('y', 100), 0 FROM generate_series(100000, 150000) AS i",
  );
  await pause(1_500);
  const held = running.log.entries.reduce((sum, entry) => sum + entry.payload.length, 0);
  expect(held).toBeLessThan(3_000_000);
  running.log.makeRoom();
  const replica = new Replica().apply(await running.caughtUp(source));
  expect(replica.rows("shop.public.work_key")).toHaveLength(50_001);
  await running.stop();
  await running.capture.cleanUp(new AbortController().signal);
});
