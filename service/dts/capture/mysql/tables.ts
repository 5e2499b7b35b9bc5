import { encodeTable, type TableHead } from "../../records/record.ts";
import type { CatalogTable } from "./catalog.ts";
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
  readonly readers: readonly ValueReader[];
}

/** Makes what a table's rows are read with. */
export function tableOf(
  map: TableMap,
  catalog: CatalogTable,
  charsetOf: (collation: number) => string | undefined,
): Table {
  const columns = joinColumns(map, catalog, charsetOf);
  return {
    database: map.database,
    name: map.table,
    head: encodeTable({
      names: [map.database, map.table],
      columns: columns.map(({ name, type }) => ({ name, dataTypeNumber: MYSQL_TYPES[type].number })),
      keys: keysOf(map, catalog, columns),
    }),
    readers: columns.map(readerOf),
  };
}

function joinColumns(
  map: TableMap,
  catalog: CatalogTable,
  charsetOf: (collation: number) => string | undefined,
): Column[] {
  const byName = new Map(catalog.columns.map((column) => [column.name, column]));
  const isNamed = map.columns.every((column) => column.name !== undefined);
  const isSame = map.columns.every((column, at) => {
    const known = catalog.columns[at];
    return known !== undefined && fits(column, known);
  });
  return map.columns.map((column, at) => {
    const known = isNamed ? byName.get(column.name ?? "") : isSame ? catalog.columns[at] : undefined;
    return joinColumn(column, known && fits(column, known) ? known : undefined, charsetOf, at);
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
