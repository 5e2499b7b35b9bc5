import { AvroWriter } from "./avro-writer.ts";

/** The published operations that are written here, by their place in the enum. */
const OPERATION = {
  INSERT: 0,
  UPDATE: 1,
  DELETE: 2,
  DDL: 3,
  BEGIN: 4,
  COMMIT: 5,
  HEARTBEAT: 8,
} as const;

type Operation = keyof typeof OPERATION;

/** The published kinds of source that are captured here, by their place in the enum. */
const SOURCE_TYPE = { MySQL: 0, PostgreSQL: 3 } as const;

/** What all records of one transaction share. */
export interface TransactionHead {
  /** Commit time, seconds since the epoch. */
  readonly seconds: number;
  /** Position in the source of the transaction's end, and one from which reading can start again without a gap. */
  readonly position: string;
  readonly safePosition: string;
  readonly transactionId: string;
  readonly source: { readonly type: keyof typeof SOURCE_TYPE; readonly version: string };
}

/** A table as records describe it, written once for all its rows. */
export interface TableHead {
  /** Avro of `objectName`, `processTimestamps` and `tags`. */
  readonly before: Uint8Array;
  /** Avro of `fields`. */
  readonly fields: Uint8Array;
  readonly columns: number;
}

interface TableShape {
  /** Database and table, or database, schema and table. */
  readonly names: readonly string[];
  readonly columns: readonly { readonly name: string; readonly dataTypeNumber: number }[];
  /** Column names of the primary key and of unique keys by their names; `PRIMARY` is the primary key. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

const VERSION = 0;
/** Second branches of unions: the text, and the array that follows it. */
const NULL = 0;
const STRING = 1;
const ARRAY = 2;
/** Clients skip records of 48 bytes and less as noise; this tag makes every record longer. */
const FILLER = { source: "change-tracking" };

/** Of heads: they are made for each transaction, and never more than one at a time. */
const scratch = new AvroWriter(1024);

/** The part of every record of a transaction between its id and its operation. */
export function encodeHead(head: TransactionHead): Uint8Array {
  const out = scratch;
  out.clear();
  out.long(head.seconds);
  out.string(head.position);
  out.string(head.safePosition);
  out.string(head.transactionId);
  out.long(SOURCE_TYPE[head.source.type]);
  out.string(head.source.version);
  return new Uint8Array(out.view());
}

export function encodeTable(shape: TableShape): TableHead {
  const before = new AvroWriter(256);
  writeObject(before, shape.names, { pk_uk_info: JSON.stringify(shape.keys) });
  const fields = new AvroWriter(1024);
  fields.long(ARRAY);
  if (shape.columns.length > 0) {
    fields.long(shape.columns.length);
    for (const { name, dataTypeNumber } of shape.columns) {
      fields.string(name);
      fields.long(dataTypeNumber);
    }
  }
  fields.long(0);
  return {
    before: Uint8Array.from(before.view()),
    fields: Uint8Array.from(fields.view()),
    columns: shape.columns.length,
  };
}

export function writeStart(out: AvroWriter, id: number, head: Uint8Array, operation: Operation): void {
  out.long(VERSION);
  out.long(id);
  out.raw(head);
  out.byte(OPERATION[operation] << 1);
}

/** BEGIN, COMMIT and HEARTBEAT: nothing but the head and a tag. */
export function writeBare(out: AvroWriter, bornAtMs: number): void {
  out.raw(BARE);
  out.long(bornAtMs);
}

/** The statement stands in the after image. `names` is what it concerns: a database, at times a schema and a table. */
export function writeDdl(
  out: AvroWriter,
  names: readonly string[],
  statement: string,
  bornAtMs: number,
): void {
  writeObject(out, names, FILLER);
  out.long(NULL);
  out.long(NULL);
  out.long(STRING);
  out.string(statement);
  out.long(bornAtMs);
}

/** Writes an image of `columns` values; `write` writes them, each with its branch. Without `write` there is no image. */
export function writeImage(
  out: AvroWriter,
  columns: number,
  write: ((out: AvroWriter) => void) | undefined,
): void {
  if (write === undefined) {
    out.long(NULL);
    return;
  }
  out.long(ARRAY);
  if (columns > 0) {
    out.long(columns);
    write(out);
  }
  out.long(0);
}

/** A dot inside a name is written as an escape, because dots separate the names. */
function objectName(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(".", "\\u002E")).join(".");
}

/** What stands between the operation and the last field of each record that has neither table nor images. */
const BARE = encodeBare();

function encodeBare(): Uint8Array {
  const out = new AvroWriter(64);
  writeObject(out, [], FILLER);
  out.long(NULL);
  out.long(NULL);
  out.long(NULL);
  return Uint8Array.from(out.view());
}

function writeObject(
  out: AvroWriter,
  names: readonly string[],
  tags: Readonly<Record<string, string>>,
): void {
  if (names.length === 0) out.long(NULL);
  else {
    out.long(STRING);
    out.string(objectName(names));
  }
  out.long(NULL);
  const entries = Object.entries(tags);
  if (entries.length > 0) {
    out.long(entries.length);
    for (const [key, value] of entries) {
      out.string(key);
      out.string(value);
    }
  }
  out.long(0);
}
