/** A value SQLite can hold. */
export type SqlValue = string | number | bigint | null | Uint8Array;
export type Row = Record<string, SqlValue>;

/** One step of a room's schema; `id` is unique within the room and steps run in order, once. */
export interface Migration {
  readonly id: string;
  readonly sql: string;
}

/**
 * The embedded database. Statements are prepared once and kept. Synchronous by design: a commit is durable when
 * it returns. Rows read outside a transaction are frozen, because repeated reads share them.
 */
export interface Store {
  all<T extends object = Row>(sql: string, ...values: SqlValue[]): T[];
  get<T extends object = Row>(sql: string, ...values: SqlValue[]): T | undefined;
  /** Returns the number of rows changed. */
  run(sql: string, ...values: SqlValue[]): number;
  /** All or nothing; nested calls join the outer one. The work must not be asynchronous. */
  transaction<T>(work: () => T): T;
}
