import type { ClosableStore } from "./sqlite-store.ts";
import type { Migration } from "./store.ts";

const LEDGER = `CREATE TABLE IF NOT EXISTS service_migrations (
  owner TEXT NOT NULL, id TEXT NOT NULL, applied_at INTEGER NOT NULL, PRIMARY KEY (owner, id)
) STRICT`;

/** The store holds steps that this version does not know. */
export class LaterVersionError extends Error {}

/**
 * Runs the steps of `owner` that have not run yet, each in a transaction of its own or all in the caller's. Throws
 * when the folder holds steps this version does not know (it was written by a later one), or when a step makes a
 * table without the owner's prefix: reset and snapshot find tables by it.
 */
export function migrate(
  store: ClosableStore,
  owner: string,
  steps: readonly Migration[],
  nowMs: number,
): void {
  store.script(LEDGER);
  const applied = store
    .all<{ id: string }>("SELECT id FROM service_migrations WHERE owner = ?", owner)
    .map((row) => row.id);
  const known = new Set(steps.map((step) => step.id));
  const unknown = applied.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new LaterVersionError(
      `it was written by a later version of this service (${owner}: ${unknown.join(", ")}); start that version, or choose another folder with --data`,
    );
  }
  for (const step of steps) {
    if (applied.includes(step.id)) continue;
    store.transaction(() => {
      const before = new Set(tableNames(store));
      store.script(step.sql);
      const stray = tableNames(store).filter((name) => !before.has(name) && !name.startsWith(`${owner}_`));
      if (stray.length > 0) {
        throw new Error(
          `migration ${owner}/${step.id} made ${stray.join(", ")} without the prefix ${owner}_`,
        );
      }
      store.run(
        "INSERT INTO service_migrations (owner, id, applied_at) VALUES (?, ?, ?)",
        owner,
        step.id,
        nowMs,
      );
    });
  }
}

export function appliedSteps(store: ClosableStore, owner: string): string[] {
  return store
    .all<{ id: string }>("SELECT id FROM service_migrations WHERE owner = ? ORDER BY id", owner)
    .map((row) => row.id);
}

/** Every table of the database, or those of one owner. */
export function tableNames(store: ClosableStore, owner?: string): string[] {
  return store
    .all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .map((row) => row.name)
    .filter((name) => owner === undefined || name.startsWith(`${owner}_`));
}
