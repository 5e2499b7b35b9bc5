import { inflateEvent, plainType } from "./compressed.ts";
import { Cursor } from "./cursor.ts";
import type { BinlogEvent } from "./events.ts";

interface QueryEvent {
  /** The session's database at that time; empty where it had none. */
  readonly database: string;
  /** In the client's character set. */
  readonly statement: Buffer;
  /** Collation that tells the client's character set; undefined where the event does not say. */
  readonly collation: number | undefined;
}

/** Kinds of status variables that come before the character sets, and how long they are. */
const FLAGS = 0;
const SQL_MODE = 1;
const CATALOG = 2;
const AUTO_INCREMENT = 3;
const CHARSET = 4;
const CATALOG_WITHOUT_END = 6;

/** Thread 4, seconds 4, database length 1, error 2, status length 2; status, database, zero, statement. */
export function readQuery({ type, bytes, start, end }: BinlogEvent): QueryEvent {
  const cursor = new Cursor(bytes, start, end);
  cursor.skip(8);
  const databaseBytes = cursor.byte();
  cursor.skip(2);
  const status = cursor.slice(cursor.uint(2));
  const database = cursor.text(databaseBytes);
  cursor.skip(1);
  const rest = cursor.slice(cursor.end - cursor.at);
  const statement = plainType(type) === type ? rest : inflateEvent(rest);
  return { database, statement, collation: clientCollation(status) };
}

function clientCollation(status: Buffer): number | undefined {
  const cursor = new Cursor(status, 0, status.length);
  while (!cursor.isAtEnd) {
    const kind = cursor.byte();
    if (kind === FLAGS || kind === AUTO_INCREMENT) cursor.skip(4);
    else if (kind === SQL_MODE) cursor.skip(8);
    else if (kind === CATALOG) cursor.skip(cursor.byte() + 1);
    else if (kind === CATALOG_WITHOUT_END) cursor.skip(cursor.byte());
    else return kind === CHARSET ? cursor.uint(2) : undefined;
  }
  return undefined;
}
