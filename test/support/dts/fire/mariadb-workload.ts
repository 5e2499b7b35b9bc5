import { MARIADB_TYPE_VALUES, MYSQL_TYPE_VALUES } from "../mysql-type-rows.ts";
import { type FireWorkload, oneOf, type Pick } from "./source.ts";

const IDS = 60;
const BULK_ROWS = 4_000;
/** So that the table stays of one size. */
const BULK_PARTS = 6;
const values: Readonly<Record<string, readonly string[]>> = { ...MYSQL_TYPE_VALUES, ...MARIADB_TYPE_VALUES };
const types = Object.keys(values);

/** Tables of many kinds: keys of one and two columns, no key, quoted names with dots, partitions, made columns, each type. */
const SETUP = [
  "ALTER DATABASE shop CHARACTER SET utf8mb4",
  "CREATE TABLE audit (session int, seq int, PRIMARY KEY (session, seq))",
  "CREATE TABLE plain (id bigint PRIMARY KEY, n int, a text, big longtext)",
  "CREATE TABLE keyless (id int, a text, n decimal(12,2), at timestamp(6) NULL)",
  "CREATE TABLE twin (x int, y varchar(100), big longtext, n int, twice int AS (n * 2) STORED, thrice int AS (n * 3) VIRTUAL, hidden int INVISIBLE DEFAULT 7, PRIMARY KEY (x, y))",
  "CREATE TABLE `Ord.er ``s` (`Id.1` int PRIMARY KEY, `ä ``b` text)",
  "CREATE TABLE parted (id int, region char(1), a text, PRIMARY KEY (id, region)) PARTITION BY KEY (region) PARTITIONS 3",
  "CREATE TABLE notes (a text, at datetime)",
  "CREATE TABLE bulk (id bigint PRIMARY KEY, part int, a text, KEY (part))",
  `CREATE TABLE types (id int PRIMARY KEY, ${types.map((type, index) => `v${index} ${type} NULL`).join(", ")}) ROW_FORMAT=DYNAMIC`,
];

export const mariadbWorkload: FireWorkload = {
  audit: "shop.audit",
  setup: SETUP,
  isDefinitionInTransaction: false,
  change,
  definition,
};

function change(pick: Pick): string {
  const [id, other] = [pick(IDS), pick(IDS)];
  const text = textLiteral(pick);
  const big = `repeat(md5('${pick(1_000)}'), ${100 + pick(200)})`;
  return oneOf(pick, [
    `INSERT INTO plain (id, n, a, big) VALUES (${id}, ${pick(1_000)}, ${text}, ${big}) ON DUPLICATE KEY UPDATE a = VALUES(a)`,
    `REPLACE INTO plain (id, a) VALUES (${id}, ${text})`,
    `UPDATE plain SET a = NULL, n = n + 1 WHERE id BETWEEN ${id} AND ${id + 3}`,
    `UPDATE IGNORE plain SET id = ${other} WHERE id = ${id}`,
    `DELETE FROM plain WHERE id = ${id}`,
    `INSERT INTO keyless (id, a, n, at) VALUES (${id}, ${text}, ${pick(1_000)}.50, now(6)), (${id}, NULL, NULL, NULL)`,
    `UPDATE keyless SET a = concat(a, '!'), id = ${other} WHERE id = ${id}`,
    `DELETE FROM keyless WHERE id BETWEEN ${id} AND ${id + 2}`,
    `INSERT INTO twin (x, y, big, n) VALUES (${id}, ${text}, ${big}, ${pick(99)}) ON DUPLICATE KEY UPDATE n = VALUES(n)`,
    `UPDATE twin SET y = md5(y), n = n + 1, hidden = ${other} WHERE x = ${id}`,
    `DELETE FROM twin WHERE x = ${other}`,
    `INSERT INTO \`Ord.er \`\`s\` (\`Id.1\`, \`ä \`\`b\`) VALUES (${id}, ${text}) ON DUPLICATE KEY UPDATE \`ä \`\`b\` = NULL`,
    `DELETE FROM \`Ord.er \`\`s\` WHERE \`Id.1\` = ${id}`,
    `INSERT IGNORE INTO parted (id, region, a) VALUES (${id}, '${oneOf(pick, ["n", "s"])}', ${text})`,
    `UPDATE IGNORE parted SET region = '${oneOf(pick, ["n", "s"])}' WHERE id = ${id}`,
    `INSERT INTO notes VALUES (${text}, now())`,
    `REPLACE INTO types VALUES (${[id, ...types.map((type) => typeLiteral(pick, type))].join(", ")})`,
    `UPDATE types SET ${typeChange(pick)}, ${typeChange(pick)} WHERE id = ${id}`,
    `DELETE FROM types WHERE id = ${id}`,
    ...(pick(6) === 0 ? [large(pick)] : []),
  ]);
}

/** Many rows, so that a transaction has several entries in the log; or one row of some megabytes. */
function large(pick: Pick): string {
  const part = pick(4);
  return oneOf(pick, [
    `INSERT IGNORE INTO bulk SELECT ${pick(BULK_PARTS)} * ${BULK_ROWS} + seq, ${part}, repeat(md5(seq), ${1 + pick(6)}) FROM seq_1_to_${BULK_ROWS}`,
    `UPDATE bulk SET a = md5(a) WHERE part = ${part}`,
    `DELETE FROM bulk WHERE part = ${part}`,
    `INSERT INTO plain (id, n, a, big) VALUES (${pick(IDS)}, 0, 'large', repeat('${pick(9)}ä', ${500_000 + pick(1_500_000)})) ON DUPLICATE KEY UPDATE big = VALUES(big)`,
  ]);
}

function definition(pick: Pick): string {
  const table = oneOf(pick, ["plain", "keyless", "twin", "`Ord.er ``s`", "parted"]);
  const column = oneOf(pick, ["extra", "More", "`st.range`"]);
  const made = `made_${pick(3)}`;
  return oneOf(pick, [
    `ALTER TABLE ${table} ADD COLUMN ${column} int`,
    `ALTER TABLE ${table} ADD COLUMN ${column} text DEFAULT 'd${pick(100)}'`,
    `ALTER TABLE ${table} ADD COLUMN ${column} int DEFAULT ${pick(100)} FIRST`,
    `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column} int DEFAULT ${pick(100)}`,
    `ALTER TABLE ${table} DROP COLUMN ${column}`,
    `ALTER TABLE ${table} DROP COLUMN IF EXISTS ${column}`,
    `ALTER TABLE ${table} RENAME COLUMN ${column} TO other`,
    `ALTER TABLE ${table} RENAME COLUMN other TO ${column}`,
    `ALTER TABLE plain MODIFY n ${oneOf(pick, ["int", "bigint"])}`,
    `CREATE TABLE ${made} (id int PRIMARY KEY, a text)`,
    `CREATE TABLE IF NOT EXISTS ${made} (id int PRIMARY KEY, a text)`,
    `CREATE OR REPLACE TABLE ${made} (id int PRIMARY KEY, a text)`,
    `CREATE TABLE ${made} AS SELECT id, a FROM plain ORDER BY id LIMIT 20`,
    `DROP TABLE ${made}`,
    `DROP TABLE IF EXISTS ${made}`,
    "TRUNCATE TABLE notes",
    "TRUNCATE keyless",
    "TRUNCATE TABLE shop.twin",
    "TRUNCATE bulk",
  ]);
}

function textLiteral(pick: Pick): string {
  return `'${"x".repeat(pick(30))}😀''\n${pick(1_000)}'`;
}

function typeChange(pick: Pick): string {
  const index = pick(types.length);
  return `v${index} = ${typeLiteral(pick, types[index] as string)}`;
}

/** Labels of a SET that are no ASCII have two forms. */
function typeLiteral(pick: Pick, type: string): string {
  const all = (values[type] ?? []).filter((value) => !type.startsWith("set(") || !value.includes("ü"));
  return all[pick(all.length + 1)] ?? "NULL";
}
