import { z } from "zod";
import { judge } from "../kit/judge.ts";
import { appliedSteps, tableNames } from "./migrate.ts";
import { type Cell, checkTable, placeOf } from "./snapshot-check.ts";
import { type ClosableStore, isDiskFull } from "./sqlite-store.ts";
import type { SqlValue } from "./store.ts";

const FORMAT = "change-tracking-snapshot-1";

const snapshotSchema = z.strictObject({
  format: z.literal(FORMAT, { error: `must be ${FORMAT}` }),
  /** Names the key that sealed the secrets inside; they stay sealed. */
  keyFingerprint: z.string(),
  /** What the snapshot does not hold, in words. */
  leftOut: z.array(z.string()).optional(),
  rooms: z.record(
    z.string(),
    z.strictObject({
      steps: z.array(z.string()),
      tables: z.record(
        z.string(),
        z.strictObject({
          columns: z.array(z.string()),
          // Judged row by row when it is known what the table holds: a schema for each of a million cells would
          // hold everybody up for seconds.
          rows: z.custom<Cell[][]>(Array.isArray, { error: "must be a list of rows" }),
        }),
      ),
    }),
  ),
});

/** All tables of all rooms as JSON. Opaque to callers: hand it back to restore as it is. */
export type Snapshot = z.output<typeof snapshotSchema>;

export function takeSnapshot(
  store: ClosableStore,
  owners: readonly string[],
  keyFingerprint: string,
): Snapshot {
  return store.transaction(() => ({
    format: FORMAT,
    keyFingerprint,
    rooms: Object.fromEntries(
      owners.map((owner) => [
        owner,
        {
          steps: appliedSteps(store, owner),
          tables: Object.fromEntries(tableNames(store, owner).map((table) => [table, dump(store, table)])),
        },
      ]),
    ),
  }));
}

/** Empties the tables of the rooms; the schema stays. */
export function resetTables(store: ClosableStore, owners: readonly string[]): void {
  store.transaction(() => emptyTables(store, owners));
}

/** Throws an Error that says why when this is no snapshot, or was sealed with another key. */
export function readSnapshot(given: unknown, keyFingerprint: string): Snapshot {
  const refuse = (problem: string) => new Error(`not a snapshot of this service: ${problem}`);
  const snapshot = judge(snapshotSchema, given, "it", refuse);
  if (snapshot.keyFingerprint !== keyFingerprint) {
    throw new Error(
      `the snapshot's secrets are sealed with the vault key ${snapshot.keyFingerprint}, this service has ${keyFingerprint}; start it with --vault-key and the file of that key`,
    );
  }
  return snapshot;
}

/**
 * Throws an Error that names the place when the snapshot comes from other rooms or another version, or holds an entry
 * that could not be read back. Changes nothing.
 */
export function checkSnapshot(
  store: ClosableStore,
  owners: readonly string[],
  snapshot: Snapshot,
  opens: (sealed: string) => boolean,
): void {
  for (const [owner, room] of Object.entries(snapshot.rooms)) {
    if (!owners.includes(owner)) {
      throw new Error(`the snapshot holds ${owner}, which this service does not have`);
    }
    if (room.steps.join() !== appliedSteps(store, owner).join()) {
      throw new Error(`the snapshot of ${owner} was taken by another version of this service`);
    }
    const known = tableNames(store, owner);
    const unknown = Object.keys(room.tables).find((table) => !known.includes(table));
    if (unknown !== undefined) throw new Error(`the snapshot holds an unknown table ${unknown}`);
    const missing = known.find((table) => !Object.hasOwn(room.tables, table));
    if (missing !== undefined) throw new Error(`the snapshot is not whole: it lacks the table ${missing}`);
    for (const [table, content] of Object.entries(room.tables)) {
      checkTable(owner, table, content, columnsOf(store, table), opens);
    }
  }
}

/**
 * Replaces everything in the rooms' tables by a snapshot that `checkSnapshot` has let pass. Throws an Error that
 * names the place when an entry contradicts another one; then nothing has changed.
 */
export function restoreTables(store: ClosableStore, owners: readonly string[], snapshot: Snapshot): void {
  store.transaction(() => {
    emptyTables(store, owners);
    for (const [owner, room] of Object.entries(snapshot.rooms)) {
      for (const [table, content] of Object.entries(room.tables)) fill(store, owner, table, content);
    }
  });
}

function emptyTables(store: ClosableStore, owners: readonly string[]): void {
  store.run("PRAGMA defer_foreign_keys = ON");
  for (const owner of owners) {
    for (const table of tableNames(store, owner)) store.run(`DELETE FROM "${table}"`);
  }
  const counters = store.get("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'");
  if (!counters) return;
  for (const owner of owners) store.run("DELETE FROM sqlite_sequence WHERE name GLOB ?", `${owner}_*`);
}

function columnsOf(store: ClosableStore, table: string): string[] {
  // Generated columns (hidden 2 and 3) can be read but not written.
  return store
    .all<{ name: string; hidden: number }>("SELECT name, hidden FROM pragma_table_xinfo(?)", table)
    .flatMap((column) => (column.hidden === 0 ? [column.name] : []));
}

function dump(store: ClosableStore, table: string): { columns: string[]; rows: Cell[][] } {
  const columns = columnsOf(store, table);
  const rows = store.wide(`SELECT ${columns.map(quoted).join(", ")} FROM "${table}"`);
  return { columns, rows: rows.map((row) => columns.map((name) => toCell(row[name] ?? null))) };
}

function fill(
  store: ClosableStore,
  owner: string,
  table: string,
  content: { columns: string[]; rows: Cell[][] },
): void {
  const marks = content.columns.map(() => "?").join(", ");
  const sql = `INSERT INTO "${table}" (${content.columns.map(quoted).join(", ")}) VALUES (${marks})`;
  for (const [position, row] of content.rows.entries()) {
    try {
      store.run(sql, ...row.map(fromCell));
    } catch (error) {
      if (isDiskFull(error)) throw error;
      throw new Error(`${placeOf(owner, table, position)}: ${(error as Error).message}`);
    }
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function toCell(value: SqlValue): Cell {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (typeof value !== "bigint") return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : { integer: value.toString() };
}

function fromCell(value: Cell): SqlValue {
  if (typeof value !== "object" || value === null) return value;
  return "bytes" in value ? Buffer.from(value.bytes, "base64") : BigInt(value.integer);
}
