import { ReplayedTable } from "./oracle-table.ts";

const NAME = '("(?:[^"]|"")+"|`(?:[^`]|``)+`|[\\p{L}\\p{N}_$]+)';
const END = "(?:\\s|;|$)";
const CREATE = /^CREATE\s+(?:OR\s+REPLACE\s+)?TABLE\b/i;
const REPLACE = /^CREATE\s+OR\s+REPLACE\b/i;
const DROP = /^DROP\s+TABLE\b/i;
const TRUNCATE = /^TRUNCATE\b/i;
const ALTER = /^ALTER\s+TABLE\b/i;
const ADD_COLUMN = new RegExp(
  `\\bADD\\s+COLUMN\\s+(IF\\s+NOT\\s+EXISTS\\s+)?${NAME}\\s+[a-z]+(?:\\(\\d+\\))?(?:\\s+DEFAULT\\s+(?:'([^']*)'|(-?\\d+)))?${END}`,
  "iu",
);
const DROP_COLUMN = new RegExp(`\\bDROP\\s+COLUMN\\s+(?:IF\\s+EXISTS\\s+)?${NAME}${END}`, "iu");
const RENAME_COLUMN = new RegExp(`\\bRENAME\\s+COLUMN\\s+${NAME}\\s+TO\\s+${NAME}${END}`, "iu");
/** What changes no value. */
const HARMLESS = /\b(ALTER\s+COLUMN\s+\S+\s+TYPE|MODIFY|REPLICA\s+IDENTITY|ADD\s+INDEX|DROP\s+INDEX)\b/i;

/**
 * Does to the tables what a statement does: the few forms that a workload here writes. Throws for any other statement about
 * a table, so that no effect is passed over. `table` is what the record names.
 */
export function replayDdl(tables: Map<string, ReplayedTable>, table: string, statement: string): void {
  const present = tables.get(table);
  if (CREATE.test(statement)) {
    // Rows of CREATE TABLE ... AS may have come before.
    if (!present || REPLACE.test(statement)) tables.set(table, new ReplayedTable());
  } else if (DROP.test(statement)) tables.delete(table);
  else if (TRUNCATE.test(statement)) present?.clear();
  else if (ALTER.test(statement)) alter(present, statement);
}

function alter(table: ReplayedTable | undefined, statement: string): void {
  const added = ADD_COLUMN.exec(statement);
  const dropped = DROP_COLUMN.exec(statement);
  const renamed = RENAME_COLUMN.exec(statement);
  if (added) {
    const [, isIfMissing, name, text, number] = added;
    const column = unquoted(name);
    table?.reshape((row) => {
      if (!(isIfMissing && column in row)) row[column] = text ?? number ?? null;
    });
  } else if (dropped) {
    const column = unquoted(dropped[1]);
    table?.reshape((row) => {
      delete row[column];
    });
  } else if (renamed) {
    const [from, to] = [unquoted(renamed[1]), unquoted(renamed[2])];
    table?.reshape((row) => {
      row[to] = row[from] ?? null;
      delete row[from];
    });
  } else if (!HARMLESS.test(statement)) throw new Error(`no replay of ${statement}`);
}

function unquoted(name = ""): string {
  const mark = name[0];
  if (mark !== '"' && mark !== "`") return name;
  return name.slice(1, -1).replaceAll(mark + mark, mark);
}
