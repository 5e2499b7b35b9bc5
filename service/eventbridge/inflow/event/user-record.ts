import type { RecordOf } from "../../../../records/decode-record.ts";
import { type EventColumnValue, rawValue, readableValue } from "./column-values.ts";
import { recordSchema } from "./record-schema.ts";

export type DecodedRecord = RecordOf<EventColumnValue>;
type Row = Readonly<Record<string, EventColumnValue>>;

/** The one column that a statement is shown as. */
const DDL_COLUMN = { name: "ddl", dataTypeNumber: 0 };

/** Makes a value when it is first looked at: patterns and extractions look at little of an event. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * `data` of an event: the documented user record. Beside the raw values an image has `row`: the same by column name, as a
 * user reads them. A statement is the column `ddl` of the image after.
 */
export function userRecord(record: DecodedRecord, offset: number, topic: string): object {
  const isDdl = record.operation === "DDL";
  const shape = isDdl ? { ...record, columns: [DDL_COLUMN], keys: {} } : record;
  const after: Row | undefined = isDdl ? { ddl: record.statement ?? "" } : record.after;
  const schema = lazily(() => recordSchema(shape));
  const names = shape.columns.map(({ name }) => name);
  return {
    id: record.id,
    topicPartition: { hash: 0, partition: 0, topic },
    offset,
    sourceTimestamp: record.seconds,
    operationType: record.operation,
    get schema() {
      return schema();
    },
    beforeImage: record.before ? image(record.before, names, schema) : null,
    afterImage: after ? image(after, names, schema) : null,
  };
}

function image(row: Row, names: readonly string[], schema: () => object): object {
  const values = lazily(() => names.map((name) => rawValue(row[name])));
  const readable = lazily(() =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, readableValue(value)])),
  );
  return {
    get recordSchema() {
      return schema();
    },
    get values() {
      return values();
    },
    size: names.length,
    get row() {
      return readable();
    },
  };
}
