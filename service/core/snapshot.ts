import { z } from "zod";
import { appliedSteps, tableNames } from "./migrate.ts";
import type { ClosableStore } from "./sqlite.ts";
import type { SqlValue } from "./store.ts";

const format = "change-tracking-snapshot-1";

/* Bytes and whole numbers beyond JSON's own range travel as small objects. */
const cell = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.strictObject({ bytes: z.base64() }),
  z.strictObject({ integer: z.string().regex(/^-?\d{1,20}$/) }),
]);
type Cell = z.output<typeof cell>;

const snapshotSchema = z.strictObject({
  format: z.literal(format, { error: `must be ${format}` }),
  /** Names the key that sealed the secrets inside; they stay sealed. */
  keyFingerprint: z.string(),
  rooms: z.record(
    z.string(),
    z.strictObject({
      steps: z.array(z.string()),
      tables: z.record(
        z.string(),
        z.strictObject({ columns: z.array(z.string()), rows: z.array(z.array(cell)) }),
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
    format,
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

/** Throws an Error that says why when the text is no snapshot, or was sealed with another key. */
export function readSnapshot(given: unknown, keyFingerprint: string): Snapshot {
  const parsed = snapshotSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`not a snapshot of this service: ${issue?.path.join(".")} ${issue?.message}`);
  }
  if (parsed.data.keyFingerprint !== keyFingerprint) {
    throw new Error(
      `the snapshot's secrets are sealed with the vault key ${parsed.data.keyFingerprint}, this service has ${keyFingerprint}; start it with --vault-key and the file of that key`,
    );
  }
  return parsed.data;
}

/**
 * Replaces everything in the rooms' tables. Throws an Error when the snapshot comes from other rooms or another
 * version; then nothing has changed.
 */
export function restoreTables(store: ClosableStore, owners: readonly string[], snapshot: Snapshot): void {
  store.transaction(() => {
    for (const name of Object.keys(snapshot.rooms)) {
      if (!owners.includes(name))
        throw new Error(`the snapshot holds ${name}, which this service does not have`);
    }
    emptyTables(store, owners);
    for (const [owner, room] of Object.entries(snapshot.rooms)) restoreRoom(store, owner, room);
  });
}

function restoreRoom(store: ClosableStore, owner: string, room: Snapshot["rooms"][string]): void {
  if (room.steps.join() !== appliedSteps(store, owner).join()) {
    throw new Error(`the snapshot of ${owner} was taken by another version of this service`);
  }
  const known = tableNames(store, owner);
  for (const [table, content] of Object.entries(room.tables)) {
    if (!known.includes(table)) throw new Error(`the snapshot holds an unknown table ${table}`);
    fill(store, table, content);
  }
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

function fill(store: ClosableStore, table: string, content: { columns: string[]; rows: Cell[][] }): void {
  const known = columnsOf(store, table);
  const unknown = content.columns.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`the snapshot's table ${table} has unknown columns ${unknown.join(", ")}`);
  const marks = content.columns.map(() => "?").join(", ");
  const sql = `INSERT INTO "${table}" (${content.columns.map(quoted).join(", ")}) VALUES (${marks})`;
  for (const row of content.rows) store.run(sql, ...row.map(fromCell));
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
