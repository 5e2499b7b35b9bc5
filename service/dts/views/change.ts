import { type ChangeRecord, decodeRecord, type Row } from "../../../records/index.ts";
import { valuesOf } from "../../kafka/batch-values.ts";
import type { LogPage } from "../threads/messages.ts";

/** A longer value is cut; whoever wants it whole reads as a group. */
const VALUE_CHARS_MAX = 100_000;
const SHOWN: readonly string[] = ["INSERT", "UPDATE", "DELETE", "DDL"];

/** The changes of a page as JSON has them: whole numbers beyond 2^53 and numbers that are none as text, bytes as base64. */
export function changesOf({ payloads, fromOffset }: LogPage): object[] {
  const changes: object[] = [];
  for (const payload of payloads) {
    for (const { offset, value } of valuesOf(payload)) {
      if (offset < fromOffset) continue;
      const record = decodeRecord(value);
      if (SHOWN.includes(record.operation)) changes.push(changeFields(offset, record));
    }
  }
  return changes;
}

function changeFields(offset: number, record: ChangeRecord): object {
  const { operation, seconds, transactionId, database, schema, table, keys, before, after, statement } =
    record;
  const cut = new Set<string>();
  return {
    offset,
    operation,
    time: new Date(seconds * 1000).toISOString(),
    transaction: transactionId,
    ...(database !== undefined && { database }),
    ...(schema !== undefined && { schema }),
    ...(table !== undefined && { table }),
    key: keys.PRIMARY ?? Object.values(keys)[0] ?? [],
    ...(before && { before: rowFields(before, cut) }),
    ...(after && { after: rowFields(after, cut) }),
    ...(statement !== undefined && { statement }),
    ...(cut.size > 0 && { cut: [...cut] }),
  };
}

function rowFields(row: Row, cut: Set<string>): object {
  const fields = Object.entries(row).map(([name, value]) => {
    if (typeof value === "bigint") return [name, String(value)];
    if (typeof value === "number") return [name, Number.isFinite(value) ? value : String(value)];
    if (value instanceof Uint8Array) {
      if (value.length > VALUE_CHARS_MAX) cut.add(name);
      return [name, { base64: Buffer.from(value.subarray(0, VALUE_CHARS_MAX)).toString("base64") }];
    }
    if (typeof value !== "string" || value.length <= VALUE_CHARS_MAX) return [name, value];
    cut.add(name);
    return [name, value.slice(0, VALUE_CHARS_MAX)];
  });
  return Object.fromEntries(fields);
}
