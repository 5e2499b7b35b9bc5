import { afterAll, beforeAll, describe, expect } from "vitest";
import { MYSQL_TYPES } from "../../../../../service/dts/capture/mysql/types.ts";
import { MariadbSource } from "../../../../support/dts/mariadb-source.ts";
import { mysqlBytes, storedBytes } from "../../../../support/dts/mysql-text.ts";
import { MARIADB_TYPE_VALUES, MYSQL_TYPE_VALUES } from "../../../../support/dts/mysql-type-rows.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";
import { mariadbNeed } from "../../../../support/mariadb.ts";
import { needs } from "../../../../support/needs.ts";

const need = await mariadbNeed();
const it = needs(need);
const types = { ...MYSQL_TYPE_VALUES, ...MARIADB_TYPE_VALUES };
const rowCount = Math.max(...Object.values(types).map((values) => values.length));
let source: MariadbSource;
beforeAll(async () => {
  if (!need.available) return;
  source = await MariadbSource.start();
  await source.sql(
    "SET sql_mode = ''",
    "SET time_zone = '+00:00'",
    `CREATE TABLE every (id int PRIMARY KEY, ${Object.keys(types)
      .map((type, at) => `c${at} ${type} NULL`)
      .join(", ")}) ROW_FORMAT=DYNAMIC`,
  );
});
afterAll(() => source?.stop());

async function fill(): Promise<void> {
  await source.sql("DELETE FROM every");
  for (let row = 0; row <= rowCount; row += 1) {
    const values = Object.values(types).map((all) => all[row] ?? "NULL");
    await source.sql(`INSERT INTO every VALUES (${[row, ...values].join(", ")})`);
  }
}

/** What the server itself gives, each value in its own character set. */
async function expected(): Promise<(Buffer | null)[][]> {
  await source.sql("SET character_set_results = NULL");
  const [rows] = await source.client.query({
    sql: "SELECT * FROM every ORDER BY id",
    rowsAsArray: true,
    typeCast: storedBytes,
  });
  await source.sql("SET character_set_results = utf8mb4");
  return rows as unknown as (Buffer | null)[][];
}

describe.each([
  ["NO_LOG", "OFF"],
  ["MINIMAL", "OFF"],
  ["FULL", "ON"],
])("with binlog_row_metadata %s and log_bin_compress %s", (metadata, compress) => {
  it("each type comes as the server has it", async () => {
    await source.sql(
      `SET GLOBAL binlog_row_metadata = '${metadata}'`,
      `SET GLOBAL log_bin_compress = ${compress}`,
      "FLUSH TABLES",
    );
    const running = await RunningCapture.start(source, source.job(`types-${metadata}`));
    await fill();
    const records = changesIn(await running.caughtUp(source));
    await running.stop();
    const inserted = records.filter((record) => record.operation === "INSERT");
    expect(inserted.map((record) => record.after?.length)).toEqual(
      Array.from({ length: rowCount + 1 }, () => 1 + Object.keys(types).length),
    );
    const [sample] = inserted;
    expect(sample?.fields.map(({ name }) => name)).toEqual([
      "id",
      ...Object.keys(types).map((_, at) => `c${at}`),
    ]);
    const rows = await expected();
    const wrong = Object.keys(types).flatMap((type, column) =>
      rows.flatMap((row, at) => {
        const actual = mysqlBytes(inserted[at]?.after?.[column + 1] ?? null);
        const raw = row[column + 1] ?? null;
        // Labels come as Unicode text, whatever the column's character set.
        const wanted = raw && type.startsWith("set(") ? Buffer.from(raw.toString("latin1")) : raw;
        const isSame = wanted === null ? actual === null : actual !== null && wanted.equals(actual);
        return isSame ? [] : [`${type}: ${short(actual)} instead of ${short(wanted)}`];
      }),
    );
    expect(wrong).toEqual([]);
    const known = new Set<number>(Object.values(MYSQL_TYPES).map(({ number }) => number));
    expect(sample?.fields.filter(({ dataTypeNumber }) => !known.has(dataTypeNumber))).toEqual([]);
  });
});

function short(bytes: Buffer | null): string {
  if (bytes === null) return "NULL";
  return `${bytes.toString("latin1").slice(0, 60)} (${bytes.length}: ${bytes.toString("hex").slice(0, 40)})`;
}
