import { createServer } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { namesOf } from "../../../../../service/dts/capture/postgres/names.ts";
import { leftTimelineAt } from "../../../../../service/dts/capture/postgres/timelines.ts";
import { PostgresSource } from "../../../../support/dts/postgres-source.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";

const signal = new AbortController().signal;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let source: PostgresSource;
beforeAll(async () => {
  source = await PostgresSource.start();
  await source.sql("CREATE TABLE item (id serial PRIMARY KEY, a text)");
});
afterAll(() => source?.stop());

const confirmed = async (slot: string): Promise<bigint> => {
  const { rows } = await source.sql(
    "SELECT (confirmed_flush_lsn - '0/0')::text AS at FROM pg_replication_slots WHERE slot_name = $1",
    [slot],
  );
  return BigInt(rows[0]?.at ?? 0);
};

it("an idle source moves its slot on, also while others write; what is not durable is not acknowledged", async () => {
  const job = source.job("idle", { objects: { hasTable: () => false, hasSchema: () => false } });
  const { slot } = namesOf(job);
  const running = await RunningCapture.start(source, job);
  const before = await confirmed(slot);
  await source.sql("INSERT INTO item (a) SELECT repeat('z', 1000) FROM generate_series(1, 1000)");
  await running.caughtUp(source);
  await expect.poll(() => confirmed(slot)).toBeGreaterThan(before + 1_000_000n);
  running.log.isHeld = true;
  // What was durable before may still be told.
  await pause(2_500);
  const held = await confirmed(slot);
  await source.sql("INSERT INTO item (a) SELECT repeat('z', 1000) FROM generate_series(1, 1000)");
  await running.caughtUp(source);
  await pause(2_500);
  expect(await confirmed(slot)).toBe(held);
  running.log.release();
  await expect.poll(() => confirmed(slot)).toBeGreaterThan(held);
  await running.stop();
  await running.capture.cleanUp(signal);
});

it("goes on where it was stopped; preparing again changes nothing", async () => {
  const running = await RunningCapture.start(source, source.job("stopped"));
  await source.sql("INSERT INTO item (a) VALUES ('one')");
  await running.caughtUp(source);
  await running.stop();
  await source.sql("INSERT INTO item (a) VALUES ('two')");
  await running.prepare();
  running.read();
  const changes = changesIn(await running.caughtUp(source));
  expect(changes.map(({ operation }) => operation).join(" ")).toBe("BEGIN INSERT COMMIT BEGIN INSERT COMMIT");
  await running.stop();
  await running.capture.cleanUp(signal);
  // What is not there is no error.
  await running.capture.cleanUp(signal);
});

/** The walsender of a connection that was just closed holds the slot for a moment. */
const free = (slot: string) =>
  expect
    .poll(() => source.sql("SELECT 1 FROM pg_replication_slots WHERE slot_name = $1 AND active", [slot]))
    .toMatchObject({ rows: [] });

const lost = (running: RunningCapture) =>
  running.read().then(
    () => ({ code: "none", message: "" }),
    (error) => ({ code: error.code, message: error.message }),
  );

const slotsOf = async (slot: string): Promise<unknown[]> =>
  (await source.sql("SELECT slot_name FROM pg_replication_slots WHERE slot_name = $1", [slot])).rows;

/* What a slot keeps is read by nobody once the position is lost: it kept WAL until the job was reset, for days perhaps. */
it("a slot that is gone, a slot that moved on, another server: never a silent gap, and no slot that keeps WAL", async () => {
  const job = source.job("lost");
  const { slot, publication } = namesOf(job);
  const running = await RunningCapture.start(source, job);
  await running.caughtUp(source);
  await running.stop();
  await free(slot);
  await source.sql("INSERT INTO item (a) VALUES ('missed')");
  await source.sql(`SELECT pg_replication_slot_advance('${slot}', pg_current_wal_lsn())`);
  expect(await lost(running)).toEqual({
    code: "POSITION_LOST",
    message: expect.stringMatching(
      /has moved on to .*Changes from \d{4}-.*Z on are missing.* Its replication slot .* was dropped/,
    ),
  });
  expect(await slotsOf(slot)).toEqual([]);
  expect(await lost(running)).toEqual({
    code: "POSITION_LOST",
    message: expect.stringMatching(/replication slot .* is gone.*from now\.$/),
  });
  const position = running.log.entries.at(-1)?.position as Uint8Array;
  position[3] = (position[3] as number) ^ 1;
  expect(await lost(running)).toEqual({
    code: "POSITION_LOST",
    message: expect.stringMatching(/another server/),
  });
  position[3] = (position[3] as number) ^ 1;
  running.log.entries.length = 0;
  await running.prepare();
  await source.sql(`DROP PUBLICATION ${publication}`);
  expect(await lost(running)).toEqual({
    code: "POSITION_LOST",
    message: expect.stringMatching(/publication .* is gone/),
  });
  expect(await slotsOf(slot)).toEqual([]);
  await running.prepare();
  await source.sql(`DROP PUBLICATION ${publication}`);
  await expect(running.prepare()).rejects.toMatchObject({ code: "POSITION_LOST" });
  expect(await slotsOf(slot)).toEqual([]);
  await running.capture.cleanUp(signal);
  expect(await source.leftovers()).toEqual([]);
});

/* A restart made the slot anew, which then kept WAL that nobody would read until the job was reset. */
it("makes no slot where a position is stored whose slot is gone", async () => {
  const job = source.job("unkept");
  const { slot } = namesOf(job);
  const running = await RunningCapture.start(source, job);
  await running.caughtUp(source);
  await running.stop();
  const drop = () =>
    source.sql("SELECT pg_drop_replication_slot($1)", [slot]).then(
      () => "dropped",
      (error) => error.code,
    );
  await expect.poll(drop).toBe("dropped");
  const stored = running.log.position;
  expect(await running.capture.prepare(signal, stored)).toMatchObject({ position: stored });
  expect(await slotsOf(slot)).toEqual([]);
  expect(await lost(running)).toEqual({
    code: "POSITION_LOST",
    message: expect.stringMatching(/replication slot .* is gone/),
  });
  await running.capture.cleanUp(signal);
});

it("a slot that another service reads through is left, and how to drop it is said", async () => {
  const job = source.job("shared");
  const { slot } = namesOf(job);
  const [other, running] = [await RunningCapture.start(source, job), new RunningCapture(source.capture(job))];
  await other.caughtUp(source);
  await running.prepare();
  const position = other.log.position as Uint8Array;
  position[3] = (position[3] as number) ^ 1;
  const [entry] = other.log.entries;
  if (entry) running.log.entries.push({ ...entry, position });
  expect(await lost(running)).toEqual({
    code: "POSITION_LOST",
    message: expect.stringMatching(
      /may still keep WAL \(.*is active.*run there: SELECT pg_drop_replication_slot/,
    ),
  });
  expect(await slotsOf(slot)).toHaveLength(1);
  await other.stop();
  await other.capture.cleanUp(signal);
});

it("WAL that was removed under the slot is a lost position", async () => {
  const running = await RunningCapture.start(source, source.job("removed"));
  await running.caughtUp(source);
  await running.stop();
  await source.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
  await source.sql("SELECT pg_reload_conf()");
  for (let segment = 0; segment < 4; segment += 1) {
    await source.sql("INSERT INTO item (a) VALUES ('next segment')");
    await source.sql("SELECT pg_switch_wal()");
  }
  await source.sql("CHECKPOINT");
  expect(await lost(running)).toEqual({
    code: "POSITION_LOST",
    message: expect.stringMatching(/WAL .* was removed \(max_slot_wal_keep_size\)\. Changes from \d{4}/),
  });
  await source.sql("ALTER SYSTEM RESET max_slot_wal_keep_size");
  await source.sql("SELECT pg_reload_conf()");
  await running.capture.cleanUp(signal);
});

it("another timeline is read on only if it has all that was read", () => {
  const history = "1\t0/3000000\tno recovery target specified\n\n2\t1/A0\tbefore 2000-01-01\n";
  expect([1, 2, 3].map((timeline) => leftTimelineAt(history, timeline))).toEqual([
    0x3000000,
    2 ** 32 + 0xa0,
    undefined,
  ]);
});

it("a table and its types that were dropped before its rows are read", async () => {
  await source.sql(
    `CREATE TYPE shade AS ENUM ('light', 'dark'); CREATE TABLE gone (id int PRIMARY KEY, s shade UNIQUE)`,
  );
  const running = await RunningCapture.start(source, source.job("dropped", { ddl: false }));
  await running.caughtUp(source);
  await running.stop();
  await source.sql("INSERT INTO gone VALUES (1, 'dark')");
  await source.sql("DROP TABLE gone; DROP TYPE shade");
  running.read();
  const [, row] = changesIn(await running.caughtUp(source));
  expect(row?.tags.pk_uk_info).toBe('{"PRIMARY":["id"]}');
  expect(row?.after?.[1]).toEqual({ TextObject: { type: "XTYPE", value: "dark" } });
  await running.stop();
  await running.capture.cleanUp(signal);
});

it("a start before the slot was made is refused with the earliest that there is", async () => {
  const tooEarly = source.job("early", { startAtSeconds: Math.floor(Date.now() / 1000) - 3_600 });
  await expect(source.capture(tooEarly).prepare(signal)).rejects.toMatchObject({
    code: "REFUSED",
    message: expect.stringMatching(/no changes from before now.*Give no start time, .* instead of \d{4}-/),
  });
  await source.capture(tooEarly).cleanUp(signal);
});

it("a start that is still to come leaves out what is committed before, and the notes say so, after a restart too", async () => {
  await source.sql("CREATE TABLE later (id int PRIMARY KEY)");
  const startAtSeconds = Math.floor(Date.now() / 1000) + 3_600;
  const running = await RunningCapture.start(source, source.job("later", { startAtSeconds, ddl: false }));
  const said = `Tracking starts at ${new Date(startAtSeconds * 1000).toISOString().replace(".000", "")}`;
  expect(running.notes.join()).toContain(said);
  await source.sql("INSERT INTO later VALUES (1)");
  expect(changesIn(await running.caughtUp(source))).toEqual([]);
  await running.stop();
  const again = await running.capture.prepare(signal, running.log.position);
  expect(again.notes.join()).toContain(said);
  await running.capture.cleanUp(signal);
});

it("an ordinary account tracks its own tables, and the notes say what it cannot", async () => {
  await source.sql(`CREATE ROLE plain LOGIN REPLICATION PASSWORD 'plain-password';
    GRANT CREATE ON DATABASE shop TO plain; GRANT CREATE ON SCHEMA public TO plain;
    CREATE TABLE own (id int PRIMARY KEY); ALTER TABLE own OWNER TO plain`);
  const job = source.job("plain", { user: "plain", password: "plain-password" });
  const running = await RunningCapture.start(source, job);
  expect(running.notes.join("\n")).toMatch(
    /does not own them: public\.item[\s\S]*DDL is not tracked: the account plain[\s\S]*created later/,
  );
  await source.sql("INSERT INTO own VALUES (1); INSERT INTO item (a) VALUES ('foreign')");
  const changes = changesIn(await running.caughtUp(source));
  expect(changes.map(({ objectName }) => objectName)).toEqual([undefined, "shop.public.own", undefined]);
  await running.stop();
  await running.capture.cleanUp(signal);
  expect(await source.leftovers()).toEqual([]);
});

it("what keeps it from logging in is said, without the password", async () => {
  const wrong = source.job("wrong", { password: "not-the-password" });
  const failure = await source
    .capture(wrong)
    .prepare(signal)
    .catch((error) => error);
  expect(failure).toMatchObject({
    code: "REFUSED",
    message: expect.stringMatching(/could not log in as tracker/),
  });
  expect(failure.message).not.toContain("not-the-password");
  const server = createServer().listen(0);
  const { port } = server.address() as { port: number };
  server.close();
  const nobody = source.capture(source.job("nobody", { port }));
  await expect(nobody.prepare(signal)).rejects.toMatchObject({ code: "SOURCE_LOST" });
  await expect(nobody.cleanUp(signal)).rejects.toMatchObject({
    message: expect.stringMatching(
      /may still hold the replication slot.*run there in the database shop: .*DROP PUBLICATION/,
    ),
  });
});
