import type { CaptureJob } from "../capture.ts";
import { splitStatements } from "./split-statements.ts";

/** What the event trigger tells: the command, the text that the client sent, and what it concerns. */
interface DdlMessage {
  readonly tag: string;
  readonly query: string;
  readonly objects: readonly { readonly schema: string | null; readonly table: string | null }[];
}

interface Ddl {
  readonly names: readonly string[];
  readonly statement: string;
}

const LEADING_WORDS = 6;

/**
 * The DDL of one transaction. PostgreSQL tells the text that the client sent, which may hold several statements; each
 * command gets its own of them where it can be told apart, and a text that made several by itself is handed on once.
 */
export class TransactionDdl {
  #query = "";
  #statements: readonly string[] = [];
  #next = 0;
  #isToldWhole = false;

  /** Undefined when nothing of it is tracked. */
  read(content: string, job: CaptureJob): Ddl | undefined {
    const { tag, query, objects } = JSON.parse(content) as DdlMessage;
    const statement = this.#statementOf(tag, query);
    const { database } = job;
    const tracked = objects.filter(({ schema, table }) => {
      if (schema === null) return false;
      return table === null
        ? job.objects.hasSchema(database, schema)
        : job.objects.hasTable(database, schema, table);
    });
    if (tracked.length === 0 || statement === undefined) return undefined;
    const tables = new Map(
      tracked.flatMap(({ schema, table }) =>
        schema === null || table === null ? [] : [[`${schema}.${table}`, [schema, table]]],
      ),
    );
    const [only, second] = [...tables.values()];
    return { names: only && !second ? [database, ...only] : [database], statement };
  }

  clear(): void {
    this.#query = "";
  }

  #statementOf(tag: string, query: string): string | undefined {
    if (query !== this.#query) {
      this.#query = query;
      this.#statements = splitStatements(query);
      this.#next = 0;
      this.#isToldWhole = false;
    }
    const at = this.#statements.findIndex((one, index) => index >= this.#next && isTagged(one, tag));
    if (at >= 0) {
      this.#next = at + 1;
      return this.#statements[at];
    }
    if (this.#isToldWhole) return undefined;
    this.#isToldWhole = true;
    return query.trim();
  }
}

/** `CREATE TABLE` is the tag of `CREATE UNLOGGED TABLE ...`, too. */
function isTagged(statement: string, tag: string): boolean {
  const [verb, noun] = tag.split(" ");
  const words = statement
    .replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ")
    .trim()
    .toUpperCase()
    .split(/[\s(]+/, LEADING_WORDS);
  if (verb === "SELECT") return words[0] === "SELECT" || words[0] === "WITH";
  return words[0] === verb && (noun === undefined || words.includes(noun));
}
