import { expect, it } from "vitest";
import { patternMatcher } from "../../../../contract/eventbridge/pattern.ts";
import { changesIn, eventsIn, orderEntries, SECONDS } from "./support/changes.ts";

/* What a change record becomes. Facts: the documented event of a tracking source. */

const row = (id: number | bigint, name: string | null = "a") => ({ id, name });

it("an insert is a CloudEvent with the user record in it, values decoded beside the raw ones", () => {
  const [event] = eventsIn(orderEntries([{ operation: "INSERT", after: row(1, "Anna") }]));
  expect(event).toMatchObject({
    id: "cn_hangzhou_shop_version2-0-101",
    source: "acs.dts",
    specversion: "1.0",
    type: "dts:ConnectRecord",
    time: new Date(SECONDS * 1000).toISOString(),
    aliyunaccountid: "1",
    aliyunregionid: "cn-hangzhou",
    aliyunpublishtime: new Date(SECONDS * 1000 + 250).toISOString(),
    data: {
      id: 101,
      offset: 101,
      topicPartition: { hash: 0, partition: 0, topic: "cn_hangzhou_shop_version2" },
      sourceTimestamp: SECONDS,
      operationType: "INSERT",
      schema: {
        schemaId: "(shop,public,orders)",
        databaseName: "shop",
        tableName: "orders",
        databaseInfo: { databaseType: "PostgreSQL", version: "18" },
        primaryIndexInfo: { indexType: "PrimaryKey", indexFields: [{ fieldName: "id" }] },
        nameIndex: { name: { fieldPosition: 1, rawDataTypeNum: 25, isPrimaryKey: false } },
      },
      beforeImage: null,
      afterImage: {
        size: 2,
        row: { id: 1, name: "Anna" },
        values: [
          { data: 1 },
          {
            data: {
              hb: [65, 110, 110, 97],
              offset: 0,
              isReadOnly: false,
              bigEndian: true,
              nativeByteOrder: false,
            },
            charset: "UTF-8",
          },
        ],
      },
    },
  });
});

it("only rows and statements are forwarded; what bounds transactions moves the offset and no more", () => {
  const entries = orderEntries([
    { operation: "UPDATE", before: row(1), after: row(1, "b") },
    { operation: "DELETE", before: row(1) },
    { ddl: "ALTER TABLE orders ADD note text" },
  ]);
  const kinds = eventsIn(entries).map(({ data }) => (data as { operationType: string }).operationType);
  expect(kinds).toEqual(["UPDATE", "DELETE", "DDL"]);
  expect(changesIn(entries).map(({ offset }) => offset)).toEqual([...Array(9).keys()].map((n) => n + 100));
  expect(changesIn(entries, 107).map(({ offset }) => offset)).toEqual([107, 108]);
});

it("a statement is the column ddl of the image after", () => {
  const [event] = eventsIn(orderEntries([{ ddl: "DROP TABLE orders" }]));
  expect(event).toMatchObject({
    data: {
      operationType: "DDL",
      beforeImage: null,
      afterImage: { size: 1, row: { ddl: "DROP TABLE orders" } },
    },
  });
});

it("what JSON cannot say is text: large numbers exactly, bytes in an unknown charset as Base64", () => {
  const entries = orderEntries([
    {
      operation: "INSERT",
      after: { id: 9007199254740993n, name: Uint8Array.of(0, 255), charset: "no-such" },
    },
    { operation: "INSERT", after: row(2, null) },
  ]);
  const rows = eventsIn(entries).map(({ data }) => (data as { afterImage: { row: object } }).afterImage.row);
  expect(rows).toEqual([
    { id: "9007199254740993", name: Buffer.from([0, 255]).toString("base64") },
    { id: 2, name: null },
  ]);
});

it("the key is the row's: the same before and after, another one for another row", () => {
  const keys = changesIn(
    orderEntries([
      { operation: "INSERT", after: row(1) },
      { operation: "UPDATE", before: row(1), after: row(1, "b") },
      { operation: "DELETE", before: row(1, "b") },
      { operation: "INSERT", after: row(2) },
    ]),
  ).flatMap(({ event, key }) => (event ? [key] : []));
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[3]).not.toBe(keys[0]);
});

it.each([
  ['{"data":{"operationType":["INSERT"]}}', 1],
  ['{"data":{"afterImage":{"row":{"id":[{"numeric":[">",1]}]}}}}', 1],
  ['{"data":{"afterImage":{"row":{"name":[{"prefix":"An"}]}}}}', 1],
  ['{"data":{"schema":{"tableName":["orders"]}},"source":["acs.dts"]}', 3],
  ['{"data":{"afterImage":{"row":{"name":[{"exists":false}]}}}}', 1],
  ['{"data":{"schema":{"tableName":["customers"]}}}', 0],
  ["", 3],
])("MQ-12 runtime: the pattern %s lets %i of three changes through", (pattern, count) => {
  const matches = patternMatcher(pattern);
  const events = changesIn(
    orderEntries([
      { operation: "INSERT", after: row(1, "Anna") },
      { operation: "UPDATE", before: row(2, "b"), after: row(2, "Bert") },
      { operation: "DELETE", before: row(3, "c") },
    ]),
  ).flatMap(({ event }) => (event ? [event] : []));
  expect(events.filter(matches)).toHaveLength(count);
});
