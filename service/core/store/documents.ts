import type { SqlValue, Store } from "./store.ts";

interface Row {
  readonly document: string;
}

/** What a statement finds, where each row is one JSON document. */
export function documents<T>(store: Store, sql: string, ...values: readonly SqlValue[]): T[] {
  return store.all<Row>(sql, ...values).map((row) => JSON.parse(row.document) as T);
}

/** The same for a statement that finds one at most. */
export function document<T>(store: Store, sql: string, ...values: readonly SqlValue[]): T | undefined {
  const row = store.get<Row>(sql, ...values);
  return row && (JSON.parse(row.document) as T);
}
