import { afterAll, beforeAll, expect } from "vitest";
import type { CaptureJob } from "../../../../../service/dts/capture/capture.ts";
import { MariadbSource } from "../../../../support/dts/mariadb-source.ts";
import type { DecodedRecord } from "../../../../support/dts/record-schema.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";
import { mariadbNeed } from "../../../../support/mariadb.ts";
import { needs } from "../../../../support/needs.ts";

const need = await mariadbNeed();
const it = needs(need);
let source: MariadbSource;
beforeAll(async () => {
  if (need.available) source = await MariadbSource.start();
});
afterAll(() => source?.stop());

let count = 0;
/** What comes of statements, for a job of its own. */
async function changesOf(
  statements: readonly string[],
  changes: Partial<CaptureJob> = {},
): Promise<DecodedRecord[]> {
  count += 1;
  const running = await RunningCapture.start(source, source.job(`t${count}`, changes));
  await source.sql(...statements);
  const records = changesIn(await running.caughtUp(source));
  await running.stop();
  return records;
}

const operations = (records: readonly DecodedRecord[]) => records.map(({ operation }) => operation).join(" ");

it("a statement that defines stands alone in its transaction", async () => {
  await source.sql("SET GLOBAL binlog_row_metadata = 'FULL'");
  const records = await changesOf([
    "CREATE TABLE defined (id int PRIMARY KEY)",
    "INSERT INTO defined VALUES (1)",
    "ALTER TABLE `defined` ADD COLUMN `ä` varchar(10) CHARACTER SET utf8mb4",
    "INSERT INTO defined VALUES (2, 'ü')",
    "TRUNCATE defined",
    "RENAME TABLE defined TO renamed",
    "INSERT INTO renamed VALUES (3, NULL)",
    "DROP TABLE renamed",
    "CREATE TEMPORARY TABLE unseen (id int)",
    "DROP TEMPORARY TABLE unseen",
  ]);
  expect(operations(records)).toBe(
    "BEGIN DDL COMMIT BEGIN INSERT COMMIT BEGIN DDL COMMIT BEGIN INSERT COMMIT BEGIN DDL COMMIT BEGIN DDL COMMIT BEGIN INSERT COMMIT BEGIN DDL COMMIT",
  );
  const ddl = records.filter(({ operation }) => operation === "DDL");
  expect(ddl.map(({ objectName, statement }) => [objectName, statement])).toEqual([
    ["shop.defined", "CREATE TABLE defined (id int PRIMARY KEY)"],
    ["shop.defined", "ALTER TABLE `defined` ADD COLUMN `ä` varchar(10) CHARACTER SET utf8mb4"],
    ["shop.defined", "TRUNCATE defined"],
    ["shop", "RENAME TABLE defined TO renamed"],
    ["shop.renamed", expect.stringMatching(/^DROP TABLE `renamed`/)],
  ]);
  const rows = records.filter(({ operation }) => operation === "INSERT");
  expect(rows.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
    ["id"],
    ["id", "ä"],
    ["id", "ä"],
  ]);
});

it("rows that were read only after their table was dropped still come", async () => {
  await source.sql("SET GLOBAL binlog_row_metadata = 'NO_LOG'");
  const records = await changesOf([
    "CREATE TABLE brief (id int, t varchar(5) CHARACTER SET utf8mb4)",
    "INSERT INTO brief VALUES (1, 'ä')",
    "DROP TABLE brief",
  ]);
  const row = records.find(({ operation }) => operation === "INSERT");
  expect(row?.after?.[0]).toEqual({ Integer: { precision: 4, value: "1" } });
  expect(row?.after?.[1]).toMatchObject({ Character: { value: Buffer.from("ä") } });
});

it("what was rolled back does not come, and what was saved does", async () => {
  await source.sql("CREATE TABLE saved (id int PRIMARY KEY)");
  const records = await changesOf([
    "BEGIN",
    "INSERT INTO saved VALUES (1)",
    "SAVEPOINT a",
    "INSERT INTO saved VALUES (2)",
    "ROLLBACK TO a",
    "INSERT INTO saved VALUES (3)",
    "COMMIT",
    "BEGIN",
    "INSERT INTO saved VALUES (4)",
    "ROLLBACK",
  ]);
  expect(operations(records)).toBe("BEGIN INSERT INSERT COMMIT");
  expect(records[2]?.after).toEqual([{ Integer: { precision: 4, value: "3" } }]);
});

it("tables of engines without transactions, and of both in one transaction", async () => {
  await source.sql(
    "CREATE TABLE plain (id int PRIMARY KEY) ENGINE = MyISAM",
    "CREATE TABLE safe (id int PRIMARY KEY) ENGINE = InnoDB",
  );
  const records = await changesOf([
    "INSERT INTO plain VALUES (1)",
    "BEGIN",
    "INSERT INTO safe VALUES (1)",
    "INSERT INTO plain VALUES (2)",
    "INSERT INTO safe VALUES (2)",
    "ROLLBACK",
    "BEGIN",
    "INSERT INTO safe VALUES (3)",
    "INSERT INTO plain SELECT 3",
    "COMMIT",
  ]);
  const rows = records.filter(({ operation }) => operation === "INSERT");
  const ids = (table: string) =>
    rows
      .filter(({ objectName }) => objectName === `shop.${table}`)
      .map(({ after }) => after?.[0]?.Integer as { value: string })
      .map(({ value }) => value);
  expect(ids("plain")).toEqual(["1", "2", "3"]);
  expect(ids("safe")).toEqual(["3"]);
});

it("a table made from a query comes with its rows", async () => {
  const records = await changesOf(["CREATE TABLE made AS SELECT 1 AS id UNION SELECT 2"]);
  expect(operations(records).replaceAll(/COMMIT BEGIN /g, "")).toBe("BEGIN DDL INSERT INSERT COMMIT");
});

it("only what is selected comes, and what is not moves the position all the same", async () => {
  await source.sql(
    "CREATE TABLE wanted (id int)",
    "CREATE TABLE unwanted (id int)",
    "CREATE DATABASE elsewhere",
    "CREATE TABLE elsewhere.wanted (id int)",
  );
  const statements = [
    "INSERT INTO unwanted (id) VALUES (1)",
    "INSERT INTO elsewhere.wanted (id) VALUES (1)",
    "INSERT INTO wanted (id) VALUES (1)",
    "ALTER TABLE unwanted ADD COLUMN x int",
    "ALTER TABLE unwanted DROP COLUMN x",
    "ALTER TABLE wanted ADD COLUMN x int",
    "ALTER TABLE wanted DROP COLUMN x",
  ];
  const objects = {
    hasTable: (database: string, _: string, table: string) => database === "shop" && table === "wanted",
    hasSchema: () => false,
  };
  const all = "BEGIN INSERT COMMIT BEGIN DDL COMMIT BEGIN DDL COMMIT";
  expect(operations(await changesOf(statements, { objects }))).toBe(all);
  expect(operations(await changesOf(statements, { objects, ddl: false }))).toBe("BEGIN INSERT COMMIT");
  expect(operations(await changesOf(statements, { objects, dml: false }))).toBe(
    "BEGIN DDL COMMIT BEGIN DDL COMMIT",
  );
});

it("images that are not whole mark what they lack", async () => {
  await source.sql(
    "CREATE TABLE part (id int PRIMARY KEY, a int, b text)",
    "INSERT INTO part VALUES (1, 2, 'x')",
  );
  const none = { EmptyObject: "NONE" };
  const one = (value: string) => ({ Integer: { precision: 4, value } });
  await source.sql("SET SESSION binlog_row_image = 'MINIMAL'");
  const records = await changesOf(["UPDATE part SET a = 3", "DELETE FROM part"]);
  await source.sql("SET SESSION binlog_row_image = 'FULL'");
  const [, update, , , remove] = records;
  expect(update?.before).toEqual([one("1"), none, none]);
  expect(update?.after).toEqual([none, one("3"), none]);
  expect(remove?.before).toEqual([one("1"), none, none]);
});

it.each(["NO_LOG", "FULL"])("tables of every shape, with binlog_row_metadata %s", async (metadata) => {
  await source.sql(
    `SET GLOBAL binlog_row_metadata = '${metadata}'`,
    "DROP TABLE IF EXISTS keyless, `a.b``c`, derived, hashed, split, versioned",
  );
  await source.sql(
    "CREATE TABLE keyless (a int, b int)",
    "CREATE TABLE `a.b``c` (`x.y` int PRIMARY KEY, `q``r` int UNIQUE)",
    "CREATE TABLE derived (a int PRIMARY KEY, v int AS (a + 1) VIRTUAL, s int AS (a + 2) STORED, h int INVISIBLE DEFAULT 7)",
    "CREATE TABLE hashed (id int, t text, UNIQUE KEY u (t))",
    "CREATE TABLE split (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 3",
    "CREATE TABLE versioned (id int PRIMARY KEY) WITH SYSTEM VERSIONING",
  );
  const rows = (
    await changesOf([
      "INSERT INTO keyless VALUES (1, NULL)",
      "INSERT INTO `a.b``c` VALUES (1, 2)",
      "INSERT INTO derived (a) VALUES (1)",
      "UPDATE derived SET a = 2",
      "INSERT INTO hashed VALUES (1, 'x')",
      "INSERT INTO split VALUES (1), (2), (3)",
      "INSERT INTO versioned VALUES (1)",
    ])
  ).filter(({ operation }) => /INSERT|UPDATE/.test(operation));
  const shapes = rows.map((row) => [
    row.objectName,
    row.tags.pk_uk_info,
    row.fields.map(({ name }) => name).join(" "),
    row.after?.map((value) => (value?.Integer as { value: string } | undefined)?.value ?? value),
  ]);
  expect(shapes.slice(0, -1)).toEqual([
    ["shop.keyless", "{}", "a b", ["1", null]],
    ["shop.a\\u002Eb`c", '{"PRIMARY":["x.y"],"q`r":["q`r"]}', "x.y q`r", ["1", "2"]],
    ["shop.derived", '{"PRIMARY":["a"]}', "a v s h", ["1", "2", "3", "7"]],
    ["shop.derived", '{"PRIMARY":["a"]}', "a v s h", ["2", "3", "4", "7"]],
    [
      "shop.hashed",
      '{"u":["t"]}',
      "id t",
      ["1", { Character: { charset: "windows-1252", value: Buffer.from("x") } }],
    ],
    ...["1", "2", "3"].map((id) => ["shop.split", '{"PRIMARY":["id"]}', "id", [id]]),
  ]);
  expect(shapes.at(-1)?.[2]).toBe("id row_start row_end");
});
