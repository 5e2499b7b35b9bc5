import type { SqlValue } from "./store.ts";

/** Results kept at once; beyond this all are forgotten. */
const RESULTS_MAX = 2_000;
/** Longer lists are read anew each time, so that the memory stays bounded. */
const ROWS_MAX = 100;

/** What a statement gives may change without a write: then it is never remembered. */
const CHANGING = /\b(random|randomblob|changes|total_changes|last_insert_rowid|current_\w+|now)\b/i;

/**
 * Remembers what reads gave until the next write. Clients poll the same state again and again, and this process
 * alone writes to the database, so nothing can change unseen. Rows are frozen: callers share them. Without it a read
 * takes 1.8 times the processor time, and `npm run bench -- requests` falls from 0.40 to 0.26 of the floor.
 */
interface RememberedReads {
  /** `read` runs when the result is not known. Call it outside transactions only. */
  one(sql: string, values: readonly SqlValue[], read: () => object | undefined): object | undefined;
  /** The same for a list; the caller owns the array, not the rows. */
  list(sql: string, values: readonly SqlValue[], read: () => object[]): object[];
  /** To be called whenever anything may have been written. */
  forget(): void;
}

export function rememberReads(): RememberedReads {
  /** By statement, then by values; `undefined` for a statement that is not to be remembered. */
  const statements = new Map<string, Map<string, unknown> | undefined>();
  let count = 0;

  function forget(): void {
    if (count === 0) return;
    statements.clear();
    count = 0;
  }

  function resultsOf(sql: string): Map<string, unknown> | undefined {
    const known = statements.get(sql);
    if (known || statements.has(sql)) return known;
    const results = /^\s*SELECT\b/i.test(sql) && !CHANGING.test(sql) ? new Map<string, unknown>() : undefined;
    if (statements.size >= RESULTS_MAX) {
      statements.clear();
      count = 0;
    }
    statements.set(sql, results);
    return results;
  }

  function through<T>(sql: string, prefix: string, values: readonly SqlValue[], read: () => T): T {
    const results = resultsOf(sql);
    const key = results && keyOf(prefix, values);
    if (!results || key === undefined) {
      // INSERT ... RETURNING comes this way too.
      if (!results) forget();
      return read();
    }
    const known = results.get(key);
    if (known !== undefined || results.has(key)) return known as T;
    const result = read();
    if (Array.isArray(result) && result.length > ROWS_MAX) return result;
    if (count >= RESULTS_MAX) {
      forget();
      return result;
    }
    freeze(result);
    results.set(key, result);
    count += 1;
    return result;
  }

  return {
    one: (sql, values, read) => through(sql, "1", values, read),
    list: (sql, values, read) => through(sql, "n", values, read).slice(),
    forget,
  };
}

/** Undefined when a value is not worth a key. Lengths keep neighbouring strings apart. */
function keyOf(prefix: string, values: readonly SqlValue[]): string | undefined {
  let key = prefix;
  for (const value of values) {
    if (typeof value === "string") key += `s${value.length}:${value}`;
    else if (typeof value === "number") key += `n${value};`;
    else return undefined;
  }
  return key;
}

function freeze(result: unknown): void {
  for (const row of Array.isArray(result) ? result : [result]) Object.freeze(row);
}
