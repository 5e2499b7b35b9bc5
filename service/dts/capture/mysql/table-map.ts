import { TYPE } from "./column-type.ts";
import { Cursor } from "./cursor.ts";
import type { BinlogEvent, BinlogFormat } from "./events.ts";
import { EVENT } from "./events.ts";
import { unreadable } from "./failure.ts";
import { type ColumnDetails, readDetails } from "./table-details.ts";

/** One column as a table map describes it. */
export interface MappedColumn extends ColumnDetails {
  /** Of `TYPE`; that of ENUM and SET is unpacked from STRING. */
  readonly type: number;
  /** Depends on the type: length, precision and scale, digits of fractions. */
  readonly meta: number;
}

export interface TableMap {
  readonly id: number;
  readonly database: string;
  readonly table: string;
  readonly columns: readonly MappedColumn[];
  /** Places of the primary key's columns, where the event tells them. */
  readonly primaryKey: readonly number[] | undefined;
}

const SHORT_ID_FIXED_BYTES = 6;

/** A table's number: 6 bytes, 4 in old logs. */
export function readTableId(cursor: Cursor, type: number, format: BinlogFormat): number {
  return cursor.uint(format.fixedBytes[type] === SHORT_ID_FIXED_BYTES ? 4 : 6);
}

/** What tells whether a table is tracked; the columns are read only then. */
export function readTableNames(
  event: BinlogEvent,
  format: BinlogFormat,
): { id: number; database: string; table: string; cursor: Cursor } {
  const cursor = new Cursor(event.bytes, event.start, event.end);
  const id = readTableId(cursor, EVENT.tableMap, format);
  cursor.skip(2);
  const database = cursor.text(cursor.byte());
  cursor.skip(1);
  const table = cursor.text(cursor.byte());
  cursor.skip(1);
  return { id, database, table, cursor };
}

/**
 * Behind the names: number of columns, a type each, metadata with its length, which columns may be NULL, and what
 * binlog_row_metadata adds.
 */
export function readColumns(cursor: Cursor, format: BinlogFormat): Pick<TableMap, "columns" | "primaryKey"> {
  const count = cursor.packed();
  if (count > cursor.end - cursor.at) throw unreadable(`a table of ${count} columns`);
  const types = cursor.slice(count);
  const metadata = cursor.slice(cursor.packed());
  cursor.skip((count + 7) >> 3);
  const meta = new Cursor(metadata, 0, metadata.length);
  const columns = Array.from(types, (type) => unpackType(type, meta));
  const details = readDetails(cursor, columns, /mariadb/i.test(format.serverVersion));
  return {
    columns: columns.map((column, at) => ({ ...column, ...details.columns[at] })),
    primaryKey: details.primaryKey,
  };
}

function unpackType(type: number, meta: Cursor): { type: number; meta: number } {
  switch (type) {
    case TYPE.float:
    case TYPE.double:
    case TYPE.blob:
    case TYPE.tinyBlob:
    case TYPE.mediumBlob:
    case TYPE.longBlob:
    case TYPE.blobCompressed:
    case TYPE.geometry:
    case TYPE.json:
    case TYPE.vector:
    case TYPE.timestamp2:
    case TYPE.dateTime2:
    case TYPE.time2:
      return { type, meta: meta.byte() };
    case TYPE.varchar:
    case TYPE.varString:
    case TYPE.varcharCompressed:
    case TYPE.bit:
      return { type, meta: meta.uint(2) };
    case TYPE.newDecimal:
      return { type, meta: (meta.byte() << 8) | meta.byte() };
    case TYPE.string:
    case TYPE.enum:
    case TYPE.set:
      return unpackString(meta.byte(), meta.byte());
    default:
      return { type, meta: 0 };
  }
}

/** The real type and a length; two bits of a length above 255 hide in the type. */
function unpackString(real: number, length: number): { type: number; meta: number } {
  if ((real & 0x30) === 0x30) return { type: real, meta: length };
  return { type: real | 0x30, meta: length | (((real & 0x30) ^ 0x30) << 4) };
}
