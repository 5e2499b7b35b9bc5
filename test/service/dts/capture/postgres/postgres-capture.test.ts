import { afterAll, beforeAll, expect, it } from "vitest";
import { PostgresSource } from "../../../../support/dts/postgres-source.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";

let source: PostgresSource;
beforeAll(async () => {
  source = await PostgresSource.start();
});
afterAll(() => source?.stop());

it("hands on whole transactions with their rows", async () => {
  await source.sql("CREATE TABLE item (id int PRIMARY KEY, title text NOT NULL, price numeric(10,2))");
  const running = await RunningCapture.start(source, source.job("rows"));
  await source.sql("BEGIN; INSERT INTO item VALUES (1, 'ä€😀', 1.50), (2, 'b', NULL); COMMIT");
  await source.sql("UPDATE item SET price = 2 WHERE id = 1");
  await source.sql("UPDATE item SET id = 3 WHERE id = 2");
  await source.sql("DELETE FROM item WHERE id = 3");
  const records = changesIn(await running.caughtUp(source));
  await running.stop();
  expect(records.map((record) => record.operation).join(" ")).toBe(
    "BEGIN INSERT INSERT COMMIT BEGIN UPDATE COMMIT BEGIN UPDATE COMMIT BEGIN DELETE COMMIT",
  );
  await running.capture.cleanUp(new AbortController().signal);
  expect(await source.leftovers()).toEqual([]);
});
