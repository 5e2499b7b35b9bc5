/** A statement that defines: what it concerns, as far as it can be told. */
export interface Definition {
  readonly database: string;
  /** Empty for a statement that concerns the database as a whole, or things in it that are no tables. */
  readonly tables: readonly { readonly database: string; readonly table: string }[];
}

type StatementKind =
  | { readonly kind: "begin" | "commit" | "rollback" | "other" }
  | { readonly kind: "savepoint" | "rollbackTo"; readonly savepoint: string }
  | { readonly kind: "definition"; readonly of: Definition };

/** Words, quoted names, strings, and the signs between names; comments are left out, what `/*!` holds is not. */
const TOKEN = /`(?:[^`]|``)*`|"(?:[^"]|"")*"|'(?:[^'\\]|\\.|'')*'|[\p{L}\p{N}_$@]+|[.,;()=]|[^\s]/gu;
const COMMENT = /\/\*(?![!M])[\s\S]*?\*\/|--[ \t\r\n][^\n]*|#[^\n]*|\/\*M?!\d*|\*\//g;
/** What is looked at of a statement: names stand at its beginning. */
const HEAD_CHARACTERS = 16_384;
const FILLERS = new Set(
  "OR REPLACE ONLINE OFFLINE IGNORE UNIQUE FULLTEXT SPATIAL VECTOR IF NOT EXISTS TEMPORARY TABLES".split(" "),
);
const IN_DATABASE = new Set(
  "VIEW TRIGGER PROCEDURE FUNCTION EVENT SEQUENCE PACKAGE DEFINER ALGORITHM SQL AGGREGATE".split(" "),
);
const XA_KINDS = new Map<string, "begin" | "commit">([
  ["START", "begin"],
  ["BEGIN", "begin"],
  ["COMMIT", "commit"],
  ["ROLLBACK", "commit"],
]);

/** Tells what a statement of the binary log is. `current` is the session's database. */
export function classify(statement: string, current: string): StatementKind {
  const tokens = tokensOf(statement);
  const [first = "", second = "", third = ""] = tokens.slice(0, 3).map((token) => token.toUpperCase());
  switch (first) {
    case "BEGIN":
      return { kind: "begin" };
    case "START":
      return { kind: second === "TRANSACTION" ? "begin" : "other" };
    case "COMMIT":
      return { kind: "commit" };
    // Between XA START and the event of its XA PREPARE lie the rows; what decides about them later has none.
    case "XA":
      return { kind: XA_KINDS.get(second) ?? "other" };
    case "ROLLBACK": {
      if (second !== "TO") return { kind: "rollback" };
      return { kind: "rollbackTo", savepoint: unquote(tokens[third === "SAVEPOINT" ? 3 : 2] ?? "") };
    }
    case "SAVEPOINT":
      return { kind: "savepoint", savepoint: unquote(tokens[1] ?? "") };
    case "CREATE":
    case "ALTER":
    case "DROP":
    case "RENAME":
    case "TRUNCATE": {
      const of = definition(first, tokens, current);
      return of ? { kind: "definition", of } : { kind: "other" };
    }
    default:
      return { kind: "other" };
  }
}

function tokensOf(statement: string): string[] {
  const head = statement.slice(0, HEAD_CHARACTERS);
  // A comment's marks inside a string would be taken for a comment, but names stand before any string.
  return head.replaceAll(COMMENT, " ").match(TOKEN) ?? [];
}

function definition(verb: string, tokens: readonly string[], current: string): Definition | undefined {
  const words = tokens.map((token) => token.toUpperCase());
  if (words.includes("TEMPORARY") && words.indexOf("TEMPORARY") <= 3) return undefined;
  let at = 1;
  while (FILLERS.has(words[at] ?? "") && words[at] !== "TABLES") at += 1;
  const object = words[at] ?? "";
  if (object === "TABLE" || object === "TABLES") return tables(verb, tokens, at + 1, current);
  if (object === "DATABASE" || object === "SCHEMA") {
    const [name] = nameAt(tokens, skipFillers(tokens, at + 1), current);
    return { database: verb === "ALTER" && name === "" ? current : name, tables: [] };
  }
  if (object === "INDEX") {
    const on = words.indexOf("ON", at);
    return on < 0 ? undefined : tables(verb, tokens, on + 1, current);
  }
  if (verb === "TRUNCATE") return tables(verb, tokens, at, current);
  if (IN_DATABASE.has(object)) return { database: databaseOf(tokens, words, at, current), tables: [] };
  return undefined;
}

/** Of a view, a routine and the like: named with it, or the session's. */
function databaseOf(
  tokens: readonly string[],
  words: readonly string[],
  from: number,
  current: string,
): string {
  const place = words.findIndex(
    (word, at) => at >= from && /^(VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE|PACKAGE)$/.test(word),
  );
  if (place < 0) return current;
  const at = skipFillers(tokens, place + 1);
  return tokens[at + 1] === "." ? unquote(tokens[at] ?? "") : current;
}

/** One name or several with commas; of RENAME pairs with TO. */
function tables(verb: string, tokens: readonly string[], from: number, current: string): Definition {
  const found: { database: string; table: string }[] = [];
  let at = skipFillers(tokens, from);
  for (;;) {
    const [table, database, next] = nameAt(tokens, at, current);
    if (table === "") break;
    found.push({ database, table });
    const sign = (tokens[next] ?? "").toUpperCase();
    if (!((sign === "," && verb !== "ALTER" && verb !== "CREATE") || (sign === "TO" && verb === "RENAME")))
      break;
    at = next + 1;
  }
  return { database: found[0]?.database ?? current, tables: found };
}

function skipFillers(tokens: readonly string[], from: number): number {
  let at = from;
  while (FILLERS.has((tokens[at] ?? "").toUpperCase())) at += 1;
  return at;
}

/** A name with or without a database before it, and where it ends. */
function nameAt(
  tokens: readonly string[],
  at: number,
  current: string,
): [name: string, database: string, next: number] {
  const first = unquote(tokens[at] ?? "");
  if (tokens[at + 1] !== ".") return [first, current, at + 1];
  return [unquote(tokens[at + 2] ?? ""), first, at + 3];
}

function unquote(token: string): string {
  const mark = token[0];
  if (mark !== "`" && mark !== '"') return /^[\p{L}\p{N}_$@]/u.test(token) ? token : "";
  return token.slice(1, -1).replaceAll(mark + mark, mark);
}
