import type { LargeRow } from "../../threads/messages.ts";

/** Tables of one capture that are remembered one by one. */
const TABLES_MAX = 50;
/** Rows of all captures that are remembered with their time. */
const RECENT_MAX = 1_000;

interface LargeTable {
  readonly table: string;
  readonly rows: number;
  readonly bytesMax: number;
  readonly lastAtMs: number;
}

/** Rows that clients may not have the memory for (DTS-8), by capture and table, since the service started. */
export class LargeRows {
  readonly #tables = new Map<string, Map<string, LargeTable>>();
  readonly #recent: LargeRow[] = [];

  /** Oldest first. */
  get recent(): readonly LargeRow[] {
    return this.#recent;
  }

  add(row: LargeRow): void {
    const { captureId, table, bytes, atMs } = row;
    this.#recent.push(row);
    if (this.#recent.length > RECENT_MAX) this.#recent.shift();
    const tables = this.#tables.get(captureId) ?? new Map<string, LargeTable>();
    this.#tables.set(captureId, tables);
    const known = tables.get(table);
    if (!known && tables.size >= TABLES_MAX) return;
    tables.set(table, {
      table,
      rows: (known?.rows ?? 0) + 1,
      bytesMax: Math.max(known?.bytesMax ?? 0, bytes),
      lastAtMs: atMs,
    });
  }

  of(captureId: string): readonly LargeTable[] {
    return [...(this.#tables.get(captureId)?.values() ?? [])];
  }

  forget(captureId: string): void {
    this.#tables.delete(captureId);
  }
}
