import { TYPE_SETUP, TYPE_VALUES } from "../type-rows.ts";
import { type FireWorkload, oneOf, type Pick } from "./source.ts";

const IDS = 60;
const BULK_ROWS = 4_000;
/** So that the table stays of one size. */
const BULK_PARTS = 6;
const types = Object.keys(TYPE_VALUES);

/** Tables of many kinds: keys of one and two columns, no key, quoted names with dots, partitions, cascades, each type. */
const SETUP = [
  TYPE_SETUP,
  "CREATE TABLE audit (session int, seq int, PRIMARY KEY (session, seq))",
  "CREATE TABLE plain (id bigint PRIMARY KEY, n int, a text, big text)",
  "CREATE TABLE child (id int PRIMARY KEY, plain bigint REFERENCES plain ON DELETE CASCADE ON UPDATE CASCADE, a text)",
  "CREATE TABLE keyless (id int, a text, n numeric, at timestamptz)",
  "ALTER TABLE keyless REPLICA IDENTITY FULL",
  "CREATE TABLE twin (x int, y text, big text, n int, twice int GENERATED ALWAYS AS (n * 2) STORED, PRIMARY KEY (x, y))",
  `CREATE TABLE "Ord.er ""s" ("Id.1" int PRIMARY KEY, "ä ""b" text)`,
  "CREATE TABLE parted (id int, region text, a text, PRIMARY KEY (id, region)) PARTITION BY LIST (region)",
  "CREATE TABLE parted_north PARTITION OF parted FOR VALUES IN ('n')",
  "CREATE TABLE parted_else PARTITION OF parted DEFAULT",
  "CREATE TABLE notes (a text, at timestamp)",
  "CREATE TABLE bulk (id bigint PRIMARY KEY, part int, a text)",
  `CREATE TABLE types (id int PRIMARY KEY, ${types.map((type, index) => `v${index} ${type}`).join(", ")})`,
];

export const postgresWorkload: FireWorkload = {
  audit: "shop.public.audit",
  setup: SETUP,
  isDefinitionInTransaction: true,
  change,
  definition,
};

function change(pick: Pick): string {
  const [id, other] = [pick(IDS), pick(IDS)];
  const text = textLiteral(pick);
  const big = `(SELECT string_agg(md5((i * ${pick(1_000)})::text), '') FROM generate_series(1, ${100 + pick(200)}) AS i)`;
  return oneOf(pick, [
    `INSERT INTO plain VALUES (${id}, ${pick(1_000)}, ${text}, ${big}) ON CONFLICT (id) DO UPDATE SET a = excluded.a`,
    `UPDATE plain SET a = NULL, n = n + 1 WHERE id BETWEEN ${id} AND ${id + 3}`,
    `UPDATE plain SET id = ${other} WHERE id = ${id} AND NOT EXISTS (SELECT FROM plain WHERE id = ${other})`,
    `DELETE FROM plain WHERE id = ${id}`,
    `INSERT INTO child SELECT ${other}, ${id}, ${text} WHERE EXISTS (SELECT FROM plain WHERE id = ${id}) ON CONFLICT DO NOTHING`,
    `INSERT INTO keyless VALUES (${id}, ${text}, ${pick(1_000)}.50, now()), (${id}, NULL, NULL, NULL)`,
    `UPDATE keyless SET a = a || '!', id = ${other} WHERE id = ${id}`,
    `DELETE FROM keyless WHERE id BETWEEN ${id} AND ${id + 2}`,
    `INSERT INTO twin VALUES (${id}, ${text}, ${big}, ${pick(99)}) ON CONFLICT (x, y) DO UPDATE SET n = excluded.n`,
    `UPDATE twin SET y = md5(y), n = n + 1 WHERE x = ${id}`,
    `DELETE FROM twin WHERE x = ${other}`,
    `INSERT INTO "Ord.er ""s" VALUES (${id}, ${text}) ON CONFLICT ("Id.1") DO UPDATE SET "ä ""b" = NULL`,
    `DELETE FROM "Ord.er ""s" WHERE "Id.1" = ${id}`,
    `INSERT INTO parted VALUES (${id}, '${oneOf(pick, ["n", "s"])}', ${text}) ON CONFLICT DO NOTHING`,
    `UPDATE parted SET region = '${oneOf(pick, ["n", "s"])}' WHERE id = ${id}`,
    `INSERT INTO notes VALUES (${text}, now())`,
    `INSERT INTO types ${typesRow(pick, id)} ON CONFLICT (id) DO UPDATE SET v0 = excluded.v0`,
    `UPDATE types SET ${typeChanges(pick)} WHERE id = ${id}`,
    `DELETE FROM types WHERE id = ${id}`,
    ...(pick(6) === 0 ? [large(pick)] : []),
  ]);
}

/** Many rows, so that a transaction has several entries in the log; or one row of some megabytes. */
function large(pick: Pick): string {
  const part = pick(4);
  return oneOf(pick, [
    `INSERT INTO bulk SELECT ${pick(BULK_PARTS)} * ${BULK_ROWS}::bigint + i, ${part}, repeat(md5(i::text), ${1 + pick(6)}) FROM generate_series(1, ${BULK_ROWS}) AS i ON CONFLICT DO NOTHING`,
    `UPDATE bulk SET a = md5(a) WHERE part = ${part}`,
    `DELETE FROM bulk WHERE part = ${part}`,
    "TRUNCATE bulk",
    `INSERT INTO plain VALUES (${pick(IDS)}, 0, 'large', repeat('${pick(9)}ä', ${500_000 + pick(1_500_000)})) ON CONFLICT (id) DO UPDATE SET big = excluded.big`,
  ]);
}

function definition(pick: Pick): string {
  const table = oneOf(pick, ["plain", "keyless", "twin", `"Ord.er ""s"`, "parted", "child"]);
  const column = oneOf(pick, ["extra", `"More"`, `"st.range"`]);
  const made = `made_${pick(3)}`;
  return oneOf(pick, [
    `ALTER TABLE ${table} ADD COLUMN ${column} int`,
    `ALTER TABLE ${table} ADD COLUMN ${column} text DEFAULT 'd${pick(100)}'`,
    `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column} int DEFAULT ${pick(100)}`,
    `ALTER TABLE ${table} DROP COLUMN ${column}`,
    `ALTER TABLE ${table} DROP COLUMN IF EXISTS ${column}`,
    `ALTER TABLE ${table} RENAME COLUMN ${column} TO other`,
    `ALTER TABLE ${table} RENAME COLUMN other TO ${column}`,
    `ALTER TABLE plain ALTER COLUMN n TYPE ${oneOf(pick, ["int", "bigint"])}`,
    `CREATE TABLE ${made} (id int PRIMARY KEY, a text)`,
    `CREATE TABLE IF NOT EXISTS ${made} (id int PRIMARY KEY, a text)`,
    `CREATE TABLE ${made} AS SELECT id, a FROM plain LIMIT 20`,
    `DROP TABLE ${made}`,
    `DROP TABLE IF EXISTS ${made}`,
    "TRUNCATE notes",
    "TRUNCATE keyless, twin RESTART IDENTITY",
    "TRUNCATE plain CASCADE",
  ]);
}

function textLiteral(pick: Pick): string {
  return `'${"x".repeat(pick(30))}😀''\n${pick(1_000)}'`;
}

function typesRow(pick: Pick, id: number): string {
  const values = types.map((type) => typeLiteral(pick, type));
  return `VALUES (${[id, ...values].join(", ")})`;
}

/** Of two columns, or of one: PostgreSQL takes none twice. */
function typeChanges(pick: Pick): string {
  const changed = new Set([pick(types.length), pick(types.length)]);
  return [...changed].map((index) => `v${index} = ${typeLiteral(pick, types[index] as string)}`).join(", ");
}

function typeLiteral(pick: Pick, type: string): string {
  const values = TYPE_VALUES[type] ?? [];
  const value = values[pick(values.length + 1)];
  return value === undefined ? "NULL" : `'${value.replaceAll("'", "''")}'::text::${type}`;
}
