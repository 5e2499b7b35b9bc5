import { afterAll, beforeAll, expect } from "vitest";
import { MariadbSource } from "../../../../support/dts/mariadb-source.ts";
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

const operations = (records: readonly { operation: string }[]) =>
  records.map(({ operation }) => operation).join(" ");

it("hands on whole transactions with their rows", async () => {
  await source.sql(
    "CREATE TABLE item (id int PRIMARY KEY, title varchar(40) CHARACTER SET utf8mb4 NOT NULL, price decimal(10,2))",
  );
  const running = await RunningCapture.start(source, source.job("rows"));
  await source.sql("BEGIN", "INSERT INTO item VALUES (1, 'ä€😀', 1.50), (2, 'b', NULL)", "COMMIT");
  await source.sql("UPDATE item SET price = 2 WHERE id = 1");
  await source.sql("UPDATE item SET id = 3 WHERE id = 2");
  await source.sql("DELETE FROM item WHERE id = 3");
  const records = changesIn(await running.caughtUp(source));
  await running.stop();
  expect(operations(records)).toBe(
    "BEGIN INSERT INSERT COMMIT BEGIN UPDATE COMMIT BEGIN UPDATE COMMIT BEGIN DELETE COMMIT",
  );
  const [, first, second, , , update] = records;
  expect(first).toMatchObject({
    objectName: "shop.item",
    tags: { pk_uk_info: '{"PRIMARY":["id"]}' },
    fields: [
      { name: "id", dataTypeNumber: 3 },
      { name: "title", dataTypeNumber: 253 },
      { name: "price", dataTypeNumber: 246 },
    ],
    before: undefined,
    after: [
      { Integer: { precision: 4, value: "1" } },
      { Character: { charset: "UTF-8", value: Buffer.from("ä€😀") } },
      { Decimal: { value: "1.50", precision: 10, scale: 2 } },
    ],
  });
  expect(second?.after?.[2]).toBeNull();
  expect(update?.before?.[2]).toEqual({ Decimal: { value: "1.50", precision: 10, scale: 2 } });
  expect(update?.after?.[2]).toEqual({ Decimal: { value: "2.00", precision: 10, scale: 2 } });
});
