import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Entry } from "../delivery/pending.ts";

/** How far a group is with a topic. */
export interface StoredSubscription {
  /** Names the subscription in handles. */
  readonly id: number;
  readonly nextOffset: number;
  readonly entries: readonly Entry[];
}

export interface StateChange {
  readonly id: number;
  readonly nextOffset: number;
  readonly put: readonly Entry[];
  readonly removed: readonly number[];
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id TEXT NOT NULL,
    topic_id TEXT NOT NULL,
    next_offset INTEGER NOT NULL,
    UNIQUE (group_id, topic_id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS pending (
    subscription_id INTEGER NOT NULL,
    message_offset INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    visible_at_ms INTEGER NOT NULL,
    stored_at_ms INTEGER NOT NULL,
    is_out INTEGER NOT NULL,
    message_group TEXT,
    PRIMARY KEY (subscription_id, message_offset)
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Positions of the groups, in a file of its own. A transaction outlives the death of the process; one that a power failure takes
 * back makes messages come again, which at-least-once allows.
 */
export class StateStore {
  readonly #database: DatabaseSync;
  readonly #sql: Readonly<Record<"find" | "entries" | "begin" | "move" | "put" | "remove", StatementSync>>;

  /** In memory without a path. */
  constructor(path?: string) {
    const database = new DatabaseSync(path ?? ":memory:");
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    database.exec(TABLES);
    this.#database = database;
    this.#sql = {
      find: database.prepare("SELECT id, next_offset FROM subscriptions WHERE group_id = ? AND topic_id = ?"),
      entries: database.prepare("SELECT * FROM pending WHERE subscription_id = ? ORDER BY message_offset"),
      begin: database.prepare("INSERT INTO subscriptions (group_id, topic_id, next_offset) VALUES (?, ?, ?)"),
      move: database.prepare("UPDATE subscriptions SET next_offset = ? WHERE id = ?"),
      put: database.prepare("INSERT OR REPLACE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?)"),
      remove: database.prepare("DELETE FROM pending WHERE subscription_id = ? AND message_offset = ?"),
    };
  }

  find(groupId: string, topicId: string): StoredSubscription | undefined {
    const row = this.#sql.find.get(groupId, topicId);
    if (!row) return undefined;
    const id = Number(row.id);
    const entries = this.#sql.entries.all(id).map(
      (one): Entry => ({
        offset: Number(one.message_offset),
        attempt: Number(one.attempt),
        visibleAtMs: Number(one.visible_at_ms),
        storedAtMs: Number(one.stored_at_ms),
        state: one.is_out === 1 ? "out" : "ready",
        messageGroup: one.message_group === null ? undefined : String(one.message_group),
      }),
    );
    return { id, nextOffset: Number(row.next_offset), entries };
  }

  begin(groupId: string, topicId: string, nextOffset: number): StoredSubscription {
    const { lastInsertRowid } = this.#sql.begin.run(groupId, topicId, nextOffset);
    return { id: Number(lastInsertRowid), nextOffset, entries: [] };
  }

  /** Which groups have begun with which topics. */
  list(): { groupId: string; topicId: string }[] {
    const rows = this.#database.prepare("SELECT group_id, topic_id FROM subscriptions ORDER BY id").all();
    return rows.map(({ group_id, topic_id }) => ({ groupId: String(group_id), topicId: String(topic_id) }));
  }

  /** All of it, or none. */
  write(changes: readonly StateChange[]): void {
    this.#transaction(() => {
      for (const { id, nextOffset, put, removed } of changes) {
        // Of a group or topic that has been deleted: there is nothing to be kept.
        if (Number(this.#sql.move.run(nextOffset, id).changes) === 0) continue;
        for (const offset of removed) this.#sql.remove.run(id, offset);
        for (const { offset, attempt, visibleAtMs, storedAtMs, state, messageGroup } of put) {
          const isOut = state === "out" || state === "dead" ? 1 : 0;
          this.#sql.put.run(id, offset, attempt, visibleAtMs, storedAtMs, isOut, messageGroup ?? null);
        }
      }
    });
  }

  /** Subscriptions that are neither of these groups nor of these topics go. */
  keepOnly(groupIds: ReadonlySet<string>, topicIds: ReadonlySet<string>): void {
    this.#transaction(() => {
      const all = this.#database.prepare("SELECT id, group_id, topic_id FROM subscriptions").all();
      for (const { id, group_id, topic_id } of all) {
        if (groupIds.has(String(group_id)) && topicIds.has(String(topic_id))) continue;
        this.#remove(Number(id));
      }
    });
  }

  close(): void {
    this.#database.close();
  }

  #remove(id: number): void {
    this.#database.prepare("DELETE FROM pending WHERE subscription_id = ?").run(id);
    this.#database.prepare("DELETE FROM subscriptions WHERE id = ?").run(id);
  }

  #transaction(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}
