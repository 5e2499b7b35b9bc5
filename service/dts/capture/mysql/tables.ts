import { encodeTable, type TableHead } from "../../records/record.ts";
import type { CatalogColumn, CatalogTable } from "./catalog.ts";
import { type Column, fits, joinColumn } from "./column.ts";
import { readerOf } from "./column-reader.ts";
import type { TableMap } from "./table-map.ts";
import { MYSQL_TYPES } from "./types.ts";
import type { ValueReader } from "./value-reader.ts";

/** A tracked table, ready to read its rows. */
export interface Table {
  readonly database: string;
  readonly name: string;
  readonly head: TableHead;
  /** One for each column of the log. */
  readonly readers: readonly ValueReader[];
  /** Columns that records do not have. */
  readonly isHidden: readonly boolean[];
}

type CharsetOf = (collation: number) => string | undefined;

/** Whether rows can be read as the catalog describes their table; else it was altered or dropped since. */
export function isAsMapped(map: TableMap, catalog: CatalogTable): boolean {
  if (map.columns.every((column) => column.name !== undefined)) return true;
  const { length } = catalog.columns;
  if (length === 0) return false;
  const more = map.columns.length - length;
  if (more > 0 && more !== catalog.hidden.length) return false;
  return map.columns.every(
    (column, at) => at >= length || fits(column, catalog.columns[at] as CatalogColumn),
  );
}

/** Makes what a table's rows are read with. */
export function tableOf(map: TableMap, catalog: CatalogTable, charsetOf: CharsetOf): Table {
  const hidden = hiddenPlaces(map, catalog);
  const all = joinColumns(map, catalog, charsetOf);
  const columns = all.filter((_, at) => !hidden.has(at));
  return {
    database: map.database,
    name: map.table,
    head: encodeTable({
      names: [map.database, map.table],
      columns: columns.map(({ name, type }) => ({ name, dataTypeNumber: MYSQL_TYPES[type].number })),
      keys: keysOf(map, catalog, all),
    }),
    readers: all.map(readerOf),
    isHidden: all.map((_, at) => hidden.has(at)),
  };
}

function hiddenPlaces(map: TableMap, catalog: CatalogTable): ReadonlySet<number> {
  const first = catalog.columns.length;
  if (first === 0 || map.columns.length - first !== catalog.hidden.length) return new Set();
  return new Set(catalog.hidden.flatMap(({ name }, at) => (name === undefined ? [first + at] : [])));
}

function joinColumns(map: TableMap, catalog: CatalogTable, charsetOf: CharsetOf): Column[] {
  const byName = new Map(catalog.columns.map((column) => [column.name, column]));
  const isNamed = map.columns.every((column) => column.name !== undefined);
  const isSame = isAsMapped(map, catalog);
  return map.columns.map((column, at) => {
    const known = isNamed ? byName.get(column.name ?? "") : isSame ? catalog.columns[at] : undefined;
    const hidden = isSame ? catalog.hidden[at - catalog.columns.length]?.name : undefined;
    const named = column.name === undefined && hidden !== undefined ? { ...column, name: hidden } : column;
    return joinColumn(named, known && fits(column, known) ? known : undefined, charsetOf, at);
  });
}

/** Clients refuse keys with columns that a record does not have. */
function keysOf(
  map: TableMap,
  catalog: CatalogTable,
  columns: readonly Column[],
): Record<string, readonly string[]> {
  const names = new Set(columns.map(({ name }) => name));
  const known = Object.entries(catalog.keys).filter(([, key]) => key.every((column) => names.has(column)));
  if (map.primaryKey === undefined) return Object.fromEntries(known);
  const primary = map.primaryKey.map((place) => columns[place]?.name ?? "");
  return { ...Object.fromEntries(known), PRIMARY: primary };
}
