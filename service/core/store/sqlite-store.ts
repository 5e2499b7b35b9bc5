import { DatabaseSync, type StatementSync } from "node:sqlite";
import { rememberReads } from "./remembered-reads.ts";
import type { Row, SqlValue, Store } from "./store.ts";

/** Statements kept prepared; the oldest is dropped beyond this. */
const STATEMENTS_MAX = 500;
/** How long a statement waits for another process that reads the same file. */
const BUSY_MS = 2_000;
/** SQLITE_FULL; and SQLITE_IOERR_WRITE, which is what a quota or a limit on the size of files looks like. */
const fullCodes: readonly number[] = [13, 778];

/** Larger stores are not read through at the start: 16 MB in pages of 4 KiB take some 20 ms. */
const CHECKED_PAGES_MAX = 4_096;
/** SQLITE_CORRUPT and SQLITE_NOTADB, in the low byte of an extended code. */
const damagedCodes: readonly number[] = [11, 26];

export interface ClosableStore extends Store {
  /** Runs several statements at once; for migrations. */
  script(sql: string): void;
  /** Like `all`, with every whole number as a bigint, so that none is too large to be read. */
  wide(sql: string): Row[];
  close(): void;
}

/** True when SQLite could not write for want of room: nothing was stored then, and a later try may work. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code !== undefined && fullCodes.includes(code);
}

/** True when SQLite found the file damaged, or no database at all. */
export function isDamaged(error: unknown): boolean {
  return damagedCodes.includes((errorCodeOf(error) ?? 0) & 0xff);
}

/** SQLite's own code of a failure; undefined for every other error. */
export function errorCodeOf(error: unknown): number | undefined {
  return error instanceof Error ? (error as Error & { errcode?: number }).errcode : undefined;
}

/** Opens the embedded database at `path`, or in memory without one. A commit is on the disk when it returns. */
export function openStore(path?: string): ClosableStore {
  const database = new DatabaseSync(path ?? ":memory:", {
    timeout: BUSY_MS,
    enableForeignKeyConstraints: true,
  });
  try {
    if (path !== undefined) prepareFile(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const reads = rememberReads();
  const statements = new Map<string, StatementSync>();

  function prepared(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    if (statements.size >= STATEMENTS_MAX) {
      const oldest = statements.keys().next().value;
      if (oldest !== undefined) statements.delete(oldest);
    }
    statements.set(sql, statement);
    return statement;
  }

  function rollBack(): void {
    // SQLite has already rolled back after some failures (a full disk); a second ROLLBACK would throw.
    if (database.isTransaction) database.exec("ROLLBACK");
  }

  return {
    all<T extends object = Row>(sql: string, ...values: SqlValue[]) {
      const read = () => prepared(sql).all(...values) as T[];
      // Inside a transaction anything may still be undone.
      return database.isTransaction ? read() : (reads.list(sql, values, read) as T[]);
    },
    get<T extends object = Row>(sql: string, ...values: SqlValue[]) {
      const read = () => prepared(sql).get(...values) as T | undefined;
      return database.isTransaction ? read() : (reads.one(sql, values, read) as T | undefined);
    },
    run(sql, ...values) {
      reads.forget();
      return Number(prepared(sql).run(...values).changes);
    },
    transaction(work) {
      if (database.isTransaction) return refusePromise(work());
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = refusePromise(work());
        database.exec("COMMIT");
        return result;
      } catch (error) {
        rollBack();
        throw error;
      } finally {
        reads.forget();
      }
    },
    script(sql) {
      reads.forget();
      database.exec(sql);
    },
    wide(sql) {
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      return statement.all() as Row[];
    },
    close() {
      statements.clear();
      database.close();
    },
  };
}

function prepareFile(database: DatabaseSync): void {
  // The data folder is this process's alone, so the file stays locked and no statement asks for its lock again.
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  database.exec("PRAGMA wal_autocheckpoint = 1000;");
  checkWhole(database);
}

/** Throws when a page or an index is broken: better said at the start than by some call later. */
function checkWhole(database: DatabaseSync): void {
  const size = Number(Object.values(database.prepare("PRAGMA page_count").get() ?? {})[0]);
  if (size > CHECKED_PAGES_MAX) return;
  const found = String(Object.values(database.prepare("PRAGMA quick_check(1)").get() ?? {})[0]);
  if (found !== "ok") throw Object.assign(new Error(found), { errcode: damagedCodes[0] });
}

/** Work that goes on after the commit would write outside the transaction without anybody noticing. */
function refusePromise<T>(result: T): T {
  if (result instanceof Promise) {
    result.catch(() => undefined);
    throw new TypeError("the work of a transaction must not be asynchronous");
  }
  return result;
}
