import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { CaptureJob } from "../../../../../service/dts/capture/capture.ts";
import { postgresText } from "../../../../support/dts/oracle.ts";
import { PostgresSource } from "../../../../support/dts/postgres-source.ts";
import type { DecodedRecord, ImageValue } from "../../../../support/dts/record-schema.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";

let source: PostgresSource;
let running: RunningCapture;
let jobs = 0;

beforeAll(async () => {
  source = await PostgresSource.start();
});
afterAll(() => source?.stop());
afterEach(async () => {
  await running.stop();
  await running.capture.cleanUp(new AbortController().signal);
  expect(await source.leftovers()).toEqual([]);
});

async function changes(work: string[], options: Partial<CaptureJob> = {}): Promise<DecodedRecord[]> {
  jobs += 1;
  running = await RunningCapture.start(source, source.job(`job-${jobs}`, options));
  for (const statement of work) await source.sql(statement);
  return changesIn(await running.caughtUp(source));
}

const operations = (records: DecodedRecord[]) => records.map((record) => record.operation).join(" ");
const rowsIn = (records: DecodedRecord[]) =>
  records.filter(({ operation }) => /INSERT|UPDATE|DELETE/.test(operation));
const NONE = "(none)";
const image = (values: readonly ImageValue[] | undefined) =>
  values?.map((value) => (value?.EmptyObject === "NONE" ? NONE : postgresText(value)));
const images = (records: DecodedRecord[]) =>
  rowsIn(records).map(({ operation, before, after }) => [operation, image(before), image(after)]);
const onlyTables = (...tables: string[]): Pick<CaptureJob, "objects"> => ({
  objects: { hasTable: (_, schema, table) => tables.includes(`${schema}.${table}`), hasSchema: () => false },
});

it("an update tells the key before and the whole row behind; a changed key tells both", async () => {
  await source.sql("CREATE TABLE keyed (id int PRIMARY KEY, a text, b text)");
  const records = await changes([
    "INSERT INTO keyed VALUES (1, 'a', NULL)",
    "UPDATE keyed SET b = 'b'",
    "UPDATE keyed SET id = 2",
    "DELETE FROM keyed",
  ]);
  expect(images(records)).toEqual([
    ["INSERT", undefined, ["1", "a", null]],
    ["UPDATE", ["1", NONE, NONE], ["1", "a", "b"]],
    ["UPDATE", ["1", NONE, NONE], ["2", "a", "b"]],
    ["DELETE", ["2", NONE, NONE], undefined],
  ]);
  expect(records.map(({ sourceTimestamp }) => sourceTimestamp)).toEqual(
    [...records].map(({ sourceTimestamp }) => sourceTimestamp).sort(),
  );
});

it("with REPLICA IDENTITY FULL the row before is whole, without a key, too", async () => {
  await source.sql("CREATE TABLE whole (a int, b text); ALTER TABLE whole REPLICA IDENTITY FULL");
  const records = await changes([
    "INSERT INTO whole VALUES (1, 'x')",
    "UPDATE whole SET b = NULL",
    "DELETE FROM whole",
  ]);
  expect(images(records)).toEqual([
    ["INSERT", undefined, ["1", "x"]],
    ["UPDATE", ["1", "x"], ["1", null]],
    ["DELETE", ["1", null], undefined],
  ]);
  expect(rowsIn(records)[0]?.tags.pk_uk_info).toBe("{}");
});

it("a large value that did not change comes from the row before, or is not in the image", async () => {
  const large = "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 500) AS i)";
  await source.sql(`CREATE TABLE toast_key (id int PRIMARY KEY, n int, large text);
    CREATE TABLE toast_full (id int PRIMARY KEY, n int, large text); ALTER TABLE toast_full REPLICA IDENTITY FULL`);
  const records = await changes([
    `INSERT INTO toast_key VALUES (1, 1, ${large})`,
    `INSERT INTO toast_full VALUES (1, 1, ${large})`,
    "UPDATE toast_key SET n = 2",
    "UPDATE toast_full SET n = 2",
  ]);
  const rows = images(records) as [string, string[] | undefined, string[]][];
  const text = rows[0]?.[2][2];
  expect(text).toHaveLength(16_000);
  expect(rows[2]).toEqual(["UPDATE", ["1", NONE, NONE], ["1", "2", NONE]]);
  expect(rows[3]).toEqual(["UPDATE", ["1", "1", text], ["1", "2", text]]);
});

it("names with dots, quotes and capitals; keys and unique keys; domains by their base type's number", async () => {
  await source.sql(`CREATE SCHEMA "S.x"; CREATE DOMAIN count_of AS int;
    CREATE TABLE "S.x"."T ""q"" 表" ("Id" int PRIMARY KEY, "a.b" count_of UNIQUE, c int, d int,
      CONSTRAINT "c and d" UNIQUE (c, d) INCLUDE ("Id"));
    CREATE UNIQUE INDEX partial ON "S.x"."T ""q"" 表" (d) WHERE d > 0`);
  const [, row] = await changes([`INSERT INTO "S.x"."T ""q"" 表" VALUES (1, 2, 3, 4)`]);
  expect(row?.objectName).toBe('shop.S\\u002Ex.T "q" 表');
  expect(row?.fields.map(({ name, dataTypeNumber }) => [name, dataTypeNumber])).toEqual([
    ["Id", 23],
    ["a.b", 23],
    ["c", 23],
    ["d", 23],
  ]);
  expect(JSON.parse(row?.tags.pk_uk_info ?? "")).toEqual({
    PRIMARY: ["Id"],
    'T "q" 表_a.b_key': ["a.b"],
    "c and d": ["c", "d"],
  });
});

it("savepoints and rollbacks: only what was committed, in its order", async () => {
  await source.sql("CREATE TABLE saved (id int PRIMARY KEY)");
  const records = await changes([
    "BEGIN; INSERT INTO saved VALUES (1); SAVEPOINT s; INSERT INTO saved VALUES (2); ROLLBACK TO s; INSERT INTO saved VALUES (3); SAVEPOINT t; INSERT INTO saved VALUES (4); RELEASE t; COMMIT",
    "BEGIN; INSERT INTO saved VALUES (5); ROLLBACK",
  ]);
  expect(operations(records)).toBe("BEGIN INSERT INSERT INSERT COMMIT");
  expect(images(records).map(([, , after]) => after)).toEqual([["1"], ["3"], ["4"]]);
});

it("only what is selected; a transaction with nothing of it leaves no trace but moves the position", async () => {
  await source.sql("CREATE TABLE chosen (id int PRIMARY KEY); CREATE TABLE other (id int)");
  const records = await changes(
    [
      "INSERT INTO other VALUES (1)",
      "BEGIN; INSERT INTO other VALUES (2); INSERT INTO chosen VALUES (1); COMMIT",
      // Not published, so not refused though it has no key.
      "UPDATE other SET id = 3",
      "CREATE TABLE more (id int)",
      "INSERT INTO more VALUES (1)",
    ],
    onlyTables("public.chosen"),
  );
  expect(operations(records)).toBe("BEGIN INSERT COMMIT");
  const published = () => source.sql("SELECT tablename FROM pg_publication_tables");
  await expect.poll(async () => (await published()).rows).toEqual([{ tablename: "chosen" }]);
});

it("a table that is made later is tracked from its first row on", async () => {
  await source.sql("CREATE TABLE unpublished (id int)");
  const all = (_: string, __: string, table: string) => table !== "unpublished";
  const records = await changes(
    [
      "BEGIN; CREATE TABLE late (id int PRIMARY KEY); INSERT INTO late VALUES (1); COMMIT; INSERT INTO late VALUES (2)",
    ],
    { objects: { hasTable: all, hasSchema: () => true } },
  );
  expect(operations(records)).toBe("BEGIN DDL INSERT COMMIT BEGIN INSERT COMMIT");
});

it("without dml there are no rows, without ddl no statements", async () => {
  await source.sql("CREATE TABLE flags (id int PRIMARY KEY)");
  const work = ["INSERT INTO flags VALUES (1)", "ALTER TABLE flags ADD COLUMN a int", "TRUNCATE flags"];
  expect(operations(await changes(work, { dml: false }))).toBe("BEGIN DDL COMMIT BEGIN DDL COMMIT");
  await running.stop();
  await running.capture.cleanUp(new AbortController().signal);
  await source.sql("ALTER TABLE flags DROP COLUMN a");
  expect(operations(await changes(work, { ddl: false }))).toBe("BEGIN INSERT COMMIT");
});

it("DDL at its place in the transaction; columns follow it", async () => {
  const records = await changes([
    "BEGIN; CREATE TABLE made (id int PRIMARY KEY, a text); INSERT INTO made VALUES (1, 'x'); ALTER TABLE made ADD COLUMN b int DEFAULT 7; INSERT INTO made VALUES (2, 'y'); COMMIT",
    "ALTER TABLE made DROP COLUMN a",
    "INSERT INTO made VALUES (3)",
    "DO $$ BEGIN CREATE TABLE dynamic_a (id int); CREATE TABLE dynamic_b (id int); END $$",
    "DROP TABLE made, dynamic_a, dynamic_b",
    "CREATE TEMP TABLE passing (id int)",
  ]);
  expect(operations(records)).toBe(
    "BEGIN DDL INSERT DDL INSERT COMMIT BEGIN DDL COMMIT BEGIN INSERT COMMIT BEGIN DDL COMMIT BEGIN DDL COMMIT",
  );
  const ddl = records.filter((record) => record.operation === "DDL");
  expect(ddl.map(({ objectName, statement }) => [objectName, statement])).toEqual([
    ["shop.public.made", "CREATE TABLE made (id int PRIMARY KEY, a text)"],
    ["shop.public.made", "ALTER TABLE made ADD COLUMN b int DEFAULT 7"],
    ["shop.public.made", "ALTER TABLE made DROP COLUMN a"],
    [
      "shop.public.dynamic_a",
      "DO $$ BEGIN CREATE TABLE dynamic_a (id int); CREATE TABLE dynamic_b (id int); END $$",
    ],
    ["shop", "DROP TABLE made, dynamic_a, dynamic_b"],
  ]);
  expect(rowsIn(records).map(({ fields }) => fields.map(({ name }) => name).join())).toEqual([
    "id,a",
    "id,a,b",
    "id,b",
  ]);
});

it("TRUNCATE is a statement for each table", async () => {
  await source.sql(
    "CREATE TABLE parent (id serial PRIMARY KEY); CREATE TABLE child (id int REFERENCES parent)",
  );
  const records = await changes(["TRUNCATE parent RESTART IDENTITY CASCADE"]);
  expect(records.map(({ objectName, statement }) => [objectName, statement]).slice(1, -1)).toEqual([
    ["shop.public.parent", 'TRUNCATE TABLE "public"."parent" RESTART IDENTITY'],
    ["shop.public.child", 'TRUNCATE TABLE "public"."child" RESTART IDENTITY'],
  ]);
});

it("rows of partitions are those of their partitioned table; stored generated columns are there", async () => {
  await source.sql(`CREATE TABLE parted (id int, day date, twice int GENERATED ALWAYS AS (id * 2) STORED, PRIMARY KEY (id, day))
      PARTITION BY RANGE (day);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`);
  const records = await changes([
    "INSERT INTO parted VALUES (1, '2024-05-05')",
    "UPDATE parted SET day = '2025-05-05'",
  ]);
  expect(rowsIn(records).map(({ objectName }) => objectName)).toEqual(Array(3).fill("shop.public.parted"));
  expect(images(records)).toEqual([
    ["INSERT", undefined, ["1", "2024-05-05", "2"]],
    ["DELETE", ["1", "2024-05-05", NONE], undefined],
    ["INSERT", undefined, ["1", "2025-05-05", "2"]],
  ]);
});

it("a table without a key is named in the notes, with what mends it", async () => {
  await source.sql("CREATE TABLE keyless (id int)");
  await changes([], onlyTables("public.keyless"));
  expect(running.notes.join("\n")).toMatch(
    /refuses UPDATE and DELETE on tracked tables.*public\.keyless.*ALTER TABLE "public"\."keyless" REPLICA IDENTITY FULL/,
  );
});
