import { isCharacter, isEnumOrSet, isNumeric, TYPE } from "./column-type.ts";
import { Cursor } from "./cursor.ts";

/** What binlog_row_metadata adds to a column; each part is undefined where it says nothing. */
export interface ColumnDetails {
  readonly name?: string | undefined;
  readonly isUnsigned?: boolean | undefined;
  readonly collation?: number | undefined;
  /** Of an ENUM or a SET, in the column's character set. */
  readonly members?: readonly Buffer[] | undefined;
}

interface Column {
  readonly type: number;
}

interface Details {
  readonly columns: readonly ColumnDetails[];
  readonly primaryKey: readonly number[] | undefined;
}

type Mutable = { -readonly [Part in keyof ColumnDetails]: ColumnDetails[Part] };

/** Kinds of metadata; others are passed over. */
const SIGNEDNESS = 1;
const DEFAULT_CHARSET = 2;
const COLUMN_CHARSET = 3;
const COLUMN_NAME = 4;
const SET_MEMBERS = 5;
const ENUM_MEMBERS = 6;
const PRIMARY_KEY = 8;
const PRIMARY_KEY_WITH_PREFIX = 9;
const ENUM_AND_SET_DEFAULT_CHARSET = 10;
const ENUM_AND_SET_COLUMN_CHARSET = 11;

/** Kind 1, packed length, value; up to the event's end. */
export function readDetails(cursor: Cursor, columns: readonly Column[], isMariadb: boolean): Details {
  const details: Mutable[] = columns.map(() => ({}));
  const of = (fits: (type: number) => boolean) => details.filter((_, at) => fits(columns[at]?.type ?? 0));
  const hasCollation = (type: number) => isCharacter(type, isMariadb);
  let primaryKey: number[] | undefined;
  while (!cursor.isAtEnd) {
    const kind = cursor.byte();
    const value = cursor.slice(cursor.packed());
    const inner = new Cursor(value, 0, value.length);
    switch (kind) {
      case SIGNEDNESS:
        of(isNumeric).forEach((column, at) => {
          column.isUnsigned = ((value[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0;
        });
        break;
      case DEFAULT_CHARSET:
        readDefaultCharset(inner, of(hasCollation));
        break;
      case COLUMN_CHARSET:
        for (const column of of(hasCollation)) if (!inner.isAtEnd) column.collation = inner.packed();
        break;
      case ENUM_AND_SET_DEFAULT_CHARSET:
        readDefaultCharset(inner, of(isEnumOrSet));
        break;
      case ENUM_AND_SET_COLUMN_CHARSET:
        for (const column of of(isEnumOrSet)) if (!inner.isAtEnd) column.collation = inner.packed();
        break;
      case COLUMN_NAME:
        for (const column of details) if (!inner.isAtEnd) column.name = inner.text(inner.packed());
        break;
      case SET_MEMBERS:
        readMembers(
          inner,
          of((type) => type === TYPE.set),
        );
        break;
      case ENUM_MEMBERS:
        readMembers(
          inner,
          of((type) => type === TYPE.enum),
        );
        break;
      case PRIMARY_KEY:
        primaryKey = [];
        while (!inner.isAtEnd) primaryKey.push(inner.packed());
        break;
      case PRIMARY_KEY_WITH_PREFIX:
        primaryKey = [];
        for (; !inner.isAtEnd; inner.packed()) primaryKey.push(inner.packed());
        break;
    }
  }
  return { columns: details, primaryKey };
}

/** One collation for most of the columns, then pairs of place and collation. */
function readDefaultCharset(cursor: Cursor, columns: readonly Mutable[]): void {
  if (cursor.isAtEnd) return;
  const most = cursor.packed();
  for (const column of columns) column.collation = most;
  while (!cursor.isAtEnd) {
    const column = columns[cursor.packed()];
    const collation = cursor.packed();
    if (column) column.collation = collation;
  }
}

function readMembers(cursor: Cursor, columns: readonly Mutable[]): void {
  for (const column of columns) {
    if (cursor.isAtEnd) return;
    const count = cursor.packed();
    const members: Buffer[] = [];
    for (let at = 0; at < count; at += 1) members.push(cursor.slice(cursor.packed()));
    column.members = members;
  }
}
