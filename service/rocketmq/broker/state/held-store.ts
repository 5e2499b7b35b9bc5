import { DatabaseSync, type StatementSync } from "node:sqlite";

/** A message that is not delivered yet: `DELAY` until its time, `HALF` until its transaction is decided. */
export interface HeldPlace {
  /** Stands for it: what the producer recalls, commits or rolls back with. */
  readonly id: string;
  readonly topicId: string;
  readonly kind: "DELAY" | "HALF";
  /** When it is delivered, or its producer is asked. */
  readonly dueAtMs: number;
  /** So often its producer was asked. */
  readonly checks: number;
}

interface HeldRow extends HeldPlace {
  readonly record: Uint8Array;
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS held (
    id TEXT PRIMARY KEY,
    topic_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at_ms INTEGER NOT NULL,
    checks INTEGER NOT NULL,
    record BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** Messages that wait for their time or their transaction, in a file of their own; durable when a call returns. */
export class HeldStore {
  readonly #database: DatabaseSync;
  readonly #sql: Readonly<Record<"insert" | "record" | "remove" | "defer", StatementSync>>;

  /** In memory without a path. */
  constructor(path?: string) {
    const database = new DatabaseSync(path ?? ":memory:");
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    database.exec(TABLES);
    this.#database = database;
    this.#sql = {
      insert: database.prepare("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)"),
      record: database.prepare("SELECT record FROM held WHERE id = ?"),
      remove: database.prepare("DELETE FROM held WHERE id = ?"),
      defer: database.prepare("UPDATE held SET due_at_ms = ?, checks = ? WHERE id = ?"),
    };
  }

  places(): HeldPlace[] {
    const rows = this.#database.prepare("SELECT id, topic_id, kind, due_at_ms, checks FROM held").all();
    return rows.map(({ id, topic_id, kind, due_at_ms, checks }) => ({
      id: String(id),
      topicId: String(topic_id),
      kind: kind === "HALF" ? "HALF" : "DELAY",
      dueAtMs: Number(due_at_ms),
      checks: Number(checks),
    }));
  }

  /** All or none. */
  insert(rows: readonly HeldRow[]): void {
    this.#transaction(() => {
      for (const { id, topicId, kind, dueAtMs, checks, record } of rows) {
        this.#sql.insert.run(id, topicId, kind, dueAtMs, checks, record);
      }
    });
  }

  record(id: string): Uint8Array | undefined {
    const record = this.#sql.record.get(id)?.record;
    return record instanceof Uint8Array ? record : undefined;
  }

  remove(ids: readonly string[]): void {
    this.#transaction(() => {
      for (const id of ids) this.#sql.remove.run(id);
    });
  }

  defer({ id, dueAtMs, checks }: HeldPlace): void {
    this.#sql.defer.run(dueAtMs, checks, id);
  }

  close(): void {
    this.#database.close();
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
