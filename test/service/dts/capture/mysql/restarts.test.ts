import { afterAll, beforeAll, expect } from "vitest";
import type { CaptureError } from "../../../../../service/dts/capture/capture.ts";
import { replicaIdOf } from "../../../../../service/dts/capture/mysql/replica-id.ts";
import { MariadbSource } from "../../../../support/dts/mariadb-source.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";
import { mariadbNeed } from "../../../../support/mariadb.ts";
import { needs } from "../../../../support/needs.ts";

const need = await mariadbNeed();
const it = needs(need);
const never = new AbortController().signal;
let source: MariadbSource;
beforeAll(async () => {
  if (need.available) source = await MariadbSource.start({ max_binlog_size: "4096" });
});
afterAll(() => source?.stop());

const operations = (records: readonly { operation: string }[]) =>
  records.map(({ operation }) => operation).join(" ");
const failure = (reading: Promise<unknown>) =>
  reading.then(
    () => expect.fail("it did not fail"),
    (error: unknown) => error as CaptureError,
  );

async function dumpThreads(): Promise<number[]> {
  const rows = await source.sql(
    "SELECT id FROM information_schema.processlist WHERE command = 'Binlog Dump'",
  );
  return rows.map((row) => Number(row.id));
}

/** Leaves nothing but the file that is being written. */
async function purge(): Promise<void> {
  const [last] = (await source.sql("SHOW BINARY LOGS")).slice(-1);
  await expect
    .poll(async () => {
      await source.sql(`PURGE BINARY LOGS TO '${last?.Log_name}'`);
      return (await source.sql("SHOW BINARY LOGS")).length;
    })
    .toBe(1);
}

it("goes on behind the last whole transaction when its connection is killed", async () => {
  await source.sql("CREATE TABLE killed (id int PRIMARY KEY)");
  const running = await RunningCapture.start(source, source.job("killed"));
  await source.sql("INSERT INTO killed VALUES (1)");
  await running.caughtUp(source);
  for (const id of await dumpThreads()) await source.sql(`KILL ${id}`);
  const error = await failure(running.reading);
  expect(error).toMatchObject({ name: "CaptureError", code: "SOURCE_LOST" });
  await source.sql("INSERT INTO killed VALUES (2)");
  running.read();
  const records = changesIn(await running.caughtUp(source));
  await running.stop();
  expect(operations(records)).toBe("BEGIN INSERT COMMIT BEGIN INSERT COMMIT");
});

/* A log without an entry began at the end of the binary log at the next try, behind what was committed until then. */
it("keeps the place where a new log begins before anything has come", async () => {
  const job = source.job("begun");
  await source.sql("CREATE TABLE begun (id int PRIMARY KEY)");
  const running = new RunningCapture(source.capture(job));
  await running.prepare();
  const begin = await source.end();
  await source.sql("INSERT INTO begun VALUES (1)");
  running.read();
  await running.caughtUp(source);
  await running.stop();
  expect(running.log.records()[0]).toMatchObject({ operation: "HEARTBEAT", sourcePosition: begin });
});

it("leaves no replica behind", async () => {
  const job = source.job("gone");
  const running = await RunningCapture.start(source, job);
  await running.caughtUp(source);
  const own = async () =>
    (await source.sql("SHOW SLAVE HOSTS")).filter((row) => row.Server_id === replicaIdOf(job));
  expect(await own()).toMatchObject([{ Host: "change-tracking" }]);
  await running.stop();
  await running.capture.cleanUp(never);
  expect(await own()).toEqual([]);
  await expect.poll(dumpThreads).toEqual([]);
});

it("follows the log from file to file, and says when one that it needs was purged", async () => {
  await source.sql("CREATE TABLE filed (id int PRIMARY KEY, t varchar(1000))");
  const running = await RunningCapture.start(source, source.job("filed"));
  for (let id = 0; id < 20; id += 1) await source.sql(`INSERT INTO filed VALUES (${id}, repeat('x', 1000))`);
  const records = changesIn(await running.caughtUp(source));
  await running.stop();
  expect(records.filter(({ operation }) => operation === "INSERT")).toHaveLength(20);
  expect(new Set(records.map(({ sourcePosition }) => sourcePosition.split(":")[0])).size).toBeGreaterThan(3);
  await source.sql("FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
  await purge();
  const error = await failure(running.read());
  expect(error.code).toBe("POSITION_LOST");
  expect(error.message).toMatch(
    /no longer has what comes behind binlog\.\d+:\d+: its file binlog\.\d+ was purged/,
  );
});

it("refuses another server, and one whose log was begun anew", async () => {
  const running = await RunningCapture.start(source, source.job("other"));
  await source.sql("CREATE TABLE IF NOT EXISTS other (id int)", "INSERT INTO other VALUES (1)");
  await running.caughtUp(source);
  await running.stop();
  await source.sql("SET GLOBAL server_id = 77");
  const error = await failure(running.read());
  await source.sql("SET GLOBAL server_id = 1");
  expect(error.code).toBe("POSITION_LOST");
  expect(error.message).toContain("it is another server (server_id 77, not server_id 1)");

  await source.sql("RESET MASTER");
  for (let id = 0; id < 10; id += 1) await source.sql("INSERT INTO other VALUES (2)", "FLUSH BINARY LOGS");
  const after = await failure(running.read());
  expect(after.code).toBe("POSITION_LOST");
  expect(after.message).toMatch(/begun anew|was purged/);
});

it("starts at a time that the log still has, and refuses an older one", async () => {
  await source.sql("RESET MASTER", "CREATE TABLE timed (id int)");
  const at = async () => Number((await source.sql("SELECT UNIX_TIMESTAMP() AS now"))[0]?.now);
  await source.sql(
    "SET timestamp = UNIX_TIMESTAMP() - 3000",
    "INSERT INTO timed VALUES (1)",
    "SET timestamp = DEFAULT",
  );
  const start = await at();
  await source.sql("INSERT INTO timed VALUES (2)", "FLUSH BINARY LOGS", "INSERT INTO timed VALUES (3)");
  const running = await RunningCapture.start(source, source.job("timed", { startAtSeconds: start }));
  const records = changesIn(await running.caughtUp(source)).filter(({ operation }) => operation === "INSERT");
  await running.stop();
  expect(records.map(({ after }) => after?.[0])).toEqual([
    { Integer: { precision: 4, value: "2" } },
    { Integer: { precision: 4, value: "3" } },
  ]);
  const capture = source.capture(source.job("early", { startAtSeconds: start - 86_400 }));
  const error = await failure(capture.prepare(never));
  expect(error.code).toBe("REFUSED");
  expect(error.message).toMatch(
    /has no changes from before \d{4}-.*Z: its oldest binary log, binlog\.000001/,
  );
});

it("leaves out what is committed before a start that is still to come, and says so, after a restart too", async () => {
  await source.sql("CREATE TABLE later (id int)");
  const startAtSeconds = Math.floor(Date.now() / 1000) + 3_600;
  const running = await RunningCapture.start(source, source.job("later", { startAtSeconds, ddl: false }));
  const said = `Tracking starts at ${new Date(startAtSeconds * 1000).toISOString().replace(".000", "")}`;
  expect(running.notes.join()).toContain(said);
  await source.sql("INSERT INTO later VALUES (1)");
  expect(changesIn(await running.caughtUp(source))).toEqual([]);
  await running.stop();
  const again = await running.capture.prepare(never, running.log.position);
  expect(again.notes.join()).toContain(said);
});

/* A restart looked for the place of that time again, and was refused for good once its file was purged. */
it("goes on from a stored position though the log of the time to start at was purged", async () => {
  await source.sql("RESET MASTER", "CREATE TABLE aged (id int)");
  const start = Number((await source.sql("SELECT UNIX_TIMESTAMP() AS now"))[0]?.now);
  const job = source.job("aged", { startAtSeconds: start });
  const running = await RunningCapture.start(source, job);
  // Files are known by the second in which they were begun.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await source.sql("FLUSH BINARY LOGS", "INSERT INTO aged VALUES (1)");
  await running.caughtUp(source);
  await running.stop();
  await purge();
  expect(await failure(running.capture.prepare(never))).toMatchObject({ code: "REFUSED" });
  const stored = running.log.position;
  expect(await running.capture.prepare(never, stored)).toMatchObject({ position: stored });
  await source.sql("INSERT INTO aged VALUES (2)");
  running.read();
  const records = changesIn(await running.caughtUp(source)).filter(({ operation }) => operation === "INSERT");
  await running.stop();
  expect(records.map(({ after }) => after?.[0])).toEqual([
    { Integer: { precision: 4, value: "1" } },
    { Integer: { precision: 4, value: "2" } },
  ]);
});
