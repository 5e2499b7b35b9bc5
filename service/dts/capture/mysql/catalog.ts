import type { Session } from "./login.ts";

/** A column as the source's catalog describes it now. */
export interface CatalogColumn {
  readonly name: string;
  /** As `DATA_TYPE`: the word without length and sign. */
  readonly dataType: string;
  readonly isUnsigned: boolean;
  /** As the server names it; empty for types without one. */
  readonly charset: string;
  readonly members: readonly string[];
  /** Digits of a fraction of a second. */
  readonly fractionDigits: number;
}

/** Without a name it is of use to the server alone. */
interface HiddenColumn {
  readonly name?: string;
}

export interface CatalogTable {
  /** Empty when there is no such table now. */
  readonly columns: readonly CatalogColumn[];
  /** Columns behind those that the log has and the catalog does not show. */
  readonly hidden: readonly HiddenColumn[];
  /** Columns of the primary key, as `PRIMARY`, and of unique keys by name. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

interface ColumnRow {
  readonly name: string;
  readonly dataType: string;
  readonly columnType: string;
  readonly charset: string | null;
  readonly fractionDigits: string | number | null;
}

interface KeyRow {
  readonly key: string;
  readonly column: string | null;
  readonly type: string;
}

/** Names of character sets by the numbers of collations. */
export async function collations(session: Session): Promise<ReadonlyMap<number, string>> {
  const rows = await session.rows<{ id: number | string | null; name: string }>(
    "SELECT ID AS id, CHARACTER_SET_NAME AS name FROM information_schema.COLLATIONS WHERE ID IS NOT NULL",
  );
  const found = new Map(rows.map(({ id, name }) => [Number(id), name]));
  // MariaDB 10.10 numbers some collations once for each character set.
  const more = await session
    .rows<{ id: number | string; name: string }>(
      "SELECT ID AS id, CHARACTER_SET_NAME AS name FROM information_schema.COLLATION_CHARACTER_SET_APPLICABILITY WHERE ID IS NOT NULL",
    )
    .catch(() => []);
  for (const { id, name } of more) found.set(Number(id), name);
  return found;
}

export async function lookUpTable(session: Session, database: string, table: string): Promise<CatalogTable> {
  const columns = await session.rows<ColumnRow>(
    `SELECT COLUMN_NAME AS name, LOWER(DATA_TYPE) AS dataType, COLUMN_TYPE AS columnType, CHARACTER_SET_NAME AS charset,
      DATETIME_PRECISION AS fractionDigits
    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`,
    [database, table],
  );
  const keys = await session.rows<KeyRow>(
    `SELECT INDEX_NAME AS \`key\`, COLUMN_NAME AS \`column\`, INDEX_TYPE AS type FROM information_schema.STATISTICS
    WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0 ORDER BY INDEX_NAME, SEQ_IN_INDEX`,
    [database, table],
  );
  const [kind] = await session.rows<{ type: string; engine: string | null }>(
    "SELECT TABLE_TYPE AS type, ENGINE AS engine FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?",
    [database, table],
  );
  const found = columns.map(catalogColumn);
  return { columns: found, hidden: hiddenColumns(found, keys, kind), keys: groupKeys(keys) };
}

/**
 * MariaDB's: two for the time of a system-versioned table that does not name them, without which changes of such a table
 * cannot be told apart; and one for the hash of each unique key over long values.
 */
function hiddenColumns(
  columns: readonly CatalogColumn[],
  keys: readonly KeyRow[],
  kind: { readonly type: string; readonly engine: string | null } | undefined,
): HiddenColumn[] {
  const isVersioned = kind?.type === "SYSTEM VERSIONED" && !columns.some(({ name }) => name === "row_start");
  const hashes = new Set(keys.filter(({ type }) => type === "HASH").map(({ key }) => key)).size;
  return [
    ...(isVersioned ? [{ name: "row_start" }, { name: "row_end" }] : []),
    ...Array.from({ length: kind?.engine === "MEMORY" ? 0 : hashes }, () => ({})),
  ];
}

function catalogColumn({ name, dataType, columnType, charset, fractionDigits }: ColumnRow): CatalogColumn {
  const isListed = dataType === "enum" || dataType === "set";
  return {
    name,
    dataType,
    isUnsigned: /\b(unsigned|zerofill)\b/i.test(isListed ? "" : columnType),
    charset: charset ?? "",
    members: isListed ? membersOf(columnType) : [],
    fractionDigits: Number(fractionDigits ?? 0),
  };
}

/** `enum('a','it''s')`: only quotes are doubled there. */
function membersOf(columnType: string): string[] {
  return [...columnType.matchAll(/'((?:[^']|'')*)'/g)].map(([, member = ""]) => member.replaceAll("''", "'"));
}

/** Keys over expressions have no column, so that clients could not find them in a record. */
function groupKeys(rows: readonly KeyRow[]): Record<string, string[]> {
  const keys = new Map<string, string[] | undefined>();
  for (const { key, column } of rows) {
    const before = keys.has(key) ? keys.get(key) : [];
    keys.set(key, before && column !== null ? [...before, column] : undefined);
  }
  return Object.fromEntries([...keys].filter((entry): entry is [string, string[]] => entry[1] !== undefined));
}
