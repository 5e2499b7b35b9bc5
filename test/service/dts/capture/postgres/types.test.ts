import { afterAll, beforeAll, expect, it } from "vitest";
import { POSTGRES_TYPES } from "../../../../../service/dts/capture/postgres/types.ts";
import { postgresText } from "../../../../support/dts/oracle.ts";
import { PostgresSource } from "../../../../support/dts/postgres-source.ts";
import type { DecodedRecord } from "../../../../support/dts/record-schema.ts";
import { RunningCapture } from "../../../../support/dts/running-capture.ts";
import { TYPE_SETUP, TYPE_VALUES } from "../../../../support/dts/type-rows.ts";

let source: PostgresSource;
let inserts: DecodedRecord[];
const types = Object.keys(TYPE_VALUES);

beforeAll(async () => {
  source = await PostgresSource.start();
  await source.sql("SET timezone = UTC");
  await source.sql(TYPE_SETUP);
  for (const [index, type] of types.entries())
    await source.sql(`CREATE TABLE type_${index} (id serial PRIMARY KEY, value ${type})`);
  const running = await RunningCapture.start(source, source.job("types"));
  for (const [index, type] of types.entries()) {
    for (const value of [...(TYPE_VALUES[type] ?? []), null])
      await source.sql(`INSERT INTO type_${index} (value) VALUES ($1::text::${type})`, [value]);
  }
  inserts = (await running.caughtUp(source)).filter((record) => record.operation === "INSERT");
  await running.stop();
});
afterAll(() => source?.stop());

const valuesOf = (index: number) =>
  inserts
    .filter((one) => one.objectName === `shop.public.type_${index}`)
    .map((one) => one.after?.[1] ?? null);

it.each(types.map((type, index) => [type, index] as const))(
  "%s arrives as it is stored",
  async (type, index) => {
    expect(valuesOf(index).map(postgresText)).toEqual([...(TYPE_VALUES[type] ?? []), null]);
  },
);

it("every type of the table has a row here", async () => {
  const { rows } = await source.sql(
    "SELECT oid::int8::int AS oid FROM pg_type WHERE oid = ANY($1::regtype[])",
    [types],
  );
  const tested = rows.map((row) => row.oid);
  expect(POSTGRES_TYPES.filter(({ oid }) => !tested.includes(oid)).map(({ name }) => name)).toEqual([]);
});

it("every built-in type that a column can have is in the table", async () => {
  const { rows } = await source.sql(`SELECT oid::int8::int AS oid, typname FROM pg_type
    WHERE typtype IN ('b', 'r', 'm') AND typnamespace = 'pg_catalog'::regnamespace
      AND typelem = 0 AND typname !~ '^(pg_node_tree|pg_ndistinct|pg_dependencies|pg_mcv_list|pg_brin|gtsvector|pg_ddl_command)'`);
  const known = new Set(POSTGRES_TYPES.map(({ oid }) => oid));
  expect(rows.filter(({ oid }) => !known.has(oid)).map(({ typname }) => typname)).toEqual([]);
});
