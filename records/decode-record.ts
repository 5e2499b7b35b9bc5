import { AvroReader } from "./avro-reader.ts";
import { decodeText } from "./charsets.ts";
import { RecordError } from "./record-error.ts";
import { type ColumnValue, type MakeText, NOT_IN_IMAGE, readValue } from "./values.ts";

/** The published words, in the order of their enum. */
const OPERATIONS = [
  "INSERT",
  "UPDATE",
  "DELETE",
  "DDL",
  "BEGIN",
  "COMMIT",
  "ROLLBACK",
  "ABORT",
  "HEARTBEAT",
  "CHECKPOINT",
  "COMMAND",
  "FILL",
  "FINISH",
  "CONTROL",
  "RDB",
  "NOOP",
  "INIT",
] as const;
const SOURCES = [
  "MySQL",
  "Oracle",
  "SQLServer",
  "PostgreSQL",
  "MongoDB",
  "Redis",
  "DB2",
  "PPAS",
  "DRDS",
  "HBASE",
  "HDFS",
  "FILE",
  "OTHER",
] as const;

export type Operation = (typeof OPERATIONS)[number];
export type SourceType = (typeof SOURCES)[number];

/** Columns by name. A column that is not in the image is missing. */
export type Row = Readonly<Record<string, ColumnValue>>;

export interface Column {
  readonly name: string;
  /** MySQL: the published number of the type; PostgreSQL: the type's OID. */
  readonly dataTypeNumber: number;
}

/** One record of a tracking topic: the whole of a Kafka message's value. */
export interface ChangeRecord extends RecordOf<ColumnValue> {}

/** A record whose columns have values of the kind. */
export interface RecordOf<V> {
  /** Unique in its topic; the same when the record is read again. */
  readonly id: number;
  readonly operation: Operation;
  /** Commit time, seconds since the epoch; the same for all of a transaction. */
  readonly seconds: number;
  /** Where the source stood, in its own words: a binlog position or an LSN. */
  readonly position: string;
  /** From here reading can start again without a gap. */
  readonly safePosition: string;
  readonly transactionId: string;
  readonly source: { readonly type: SourceType; readonly version: string };
  readonly database?: string;
  readonly schema?: string;
  readonly table?: string;
  /** The columns of the table, in its order; of INSERT, UPDATE and DELETE. */
  readonly columns: readonly Column[];
  /** Names of the columns of each unique key; `PRIMARY` is the primary key. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** The row before, of UPDATE and DELETE; perhaps only its key. */
  readonly before?: Readonly<Record<string, V>>;
  /** The row after, of INSERT and UPDATE. */
  readonly after?: Readonly<Record<string, V>>;
  /** What changed the definitions; of DDL. */
  readonly statement?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** When the record was made, milliseconds since the epoch; 0 when unknown. */
  readonly madeAtMs: number;
}

/**
 * Decodes the value of one message of a tracking topic.
 *
 * @throws RecordError `NOT_A_RECORD` when the bytes are something else or cut, `UNKNOWN_CHARSET` for text that cannot be
 * decoded.
 *
 * @example
 * ```ts
 * const record = decodeRecord(message.value);
 * if (record.operation === "INSERT") console.log(record.table, record.after);
 * ```
 */
export function decodeRecord(value: Uint8Array): ChangeRecord {
  return decodeWith(value, decodeText);
}

/** The same where texts are wanted otherwise than decoded. */
export function decodeWith<T>(value: Uint8Array, makeText: MakeText<T>): RecordOf<ColumnValue | T> {
  const reader = new AvroReader(value);
  reader.long();
  const id = reader.long();
  const seconds = reader.long();
  const [position, safePosition, transactionId] = [reader.string(), reader.string(), reader.string()];
  const type = SOURCES[reader.choice(SOURCES.length, "source type")] as SourceType;
  const source = { type, version: reader.string() };
  const operation = OPERATIONS[reader.choice(OPERATIONS.length, "operation")] as Operation;
  const names = reader.choice(2, "object name") === 1 ? namesOf(reader.string()) : {};
  if (reader.choice(2, "process timestamps") === 1) reader.blocks(() => reader.long());
  const tags: Record<string, string> = {};
  reader.blocks(() => {
    const key = reader.string();
    tags[key] = reader.string();
  });
  const columns = readColumns(reader);
  const before = readImage(reader, columns, makeText);
  const after = readImage(reader, columns, makeText);
  return {
    id,
    operation,
    seconds,
    position,
    safePosition,
    transactionId,
    source,
    ...names,
    columns,
    keys: keysOf(tags.pk_uk_info),
    ...(typeof before === "object" && { before }),
    ...(typeof after === "object" && { after }),
    ...(typeof after === "string" && { statement: after }),
    tags,
    madeAtMs: reader.isAtEnd ? 0 : reader.long(),
  };
}

/** Null, text or a list. */
function readColumns(reader: AvroReader): Column[] {
  const columns: Column[] = [];
  const branch = reader.choice(3, "fields");
  if (branch === 1) reader.string();
  if (branch === 2) {
    reader.blocks(() => {
      const name = reader.string();
      columns.push({ name, dataTypeNumber: reader.long() });
    });
  }
  return columns;
}

function readImage<T>(
  reader: AvroReader,
  columns: readonly Column[],
  makeText: MakeText<T>,
): Readonly<Record<string, ColumnValue | T>> | string | undefined {
  const branch = reader.choice(3, "image");
  if (branch === 0) return undefined;
  if (branch === 1) return reader.string();
  // Without a prototype: a column may be called anything.
  const row: Record<string, ColumnValue | T> = Object.create(null);
  let index = 0;
  reader.blocks(() => {
    const column = columns[index++];
    if (column === undefined)
      throw new RecordError("NOT_A_RECORD", `an image has more values than the ${columns.length} columns`);
    const value = readValue(reader, makeText);
    if (value !== NOT_IN_IMAGE) row[column.name] = value;
  });
  return row;
}

/** `database`, `database.table` or `database.schema.table`; a dot inside a name is an escape. */
function namesOf(objectName: string): Pick<ChangeRecord, "database" | "schema" | "table"> {
  const [database = "", ...rest] = objectName.split(".").map((name) => name.replaceAll("\\u002E", "."));
  const [first, second] = rest;
  if (first === undefined) return { database };
  return second === undefined ? { database, table: first } : { database, schema: first, table: second };
}

function keysOf(text: string | undefined): ChangeRecord["keys"] {
  if (text === undefined) return {};
  let keys: unknown;
  try {
    keys = JSON.parse(text);
  } catch (error) {
    throw new RecordError("NOT_A_RECORD", "the tag pk_uk_info is no JSON", { cause: error });
  }
  if (!areKeys(keys))
    throw new RecordError("NOT_A_RECORD", "the tag pk_uk_info is no object of lists of names");
  return keys;
}

function areKeys(value: unknown): value is ChangeRecord["keys"] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (names) => Array.isArray(names) && names.every((name) => typeof name === "string"),
  );
}
