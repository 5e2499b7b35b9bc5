import type { ObjectSelection } from "./capture.ts";

interface Entry {
  readonly all?: boolean;
  readonly Table?: Readonly<Record<string, unknown>>;
  readonly Schema?: Readonly<Record<string, Entry>>;
}

/** A pattern is text of a person; a longer one is taken as a plain name. */
const PATTERN_CHARS_MAX = 500;
const PLAIN = /^[\p{L}\p{N}_$-]+$/u;
/** Of the databases themselves; tracked only where they are named. */
const SYSTEM = /^(pg_.*|information_schema|performance_schema|mysql|sys)$/i;

/**
 * What `DbList` tracks: `{ "shop": { "all": true } }`, `{ "shop": { "Table": { "orders": {...} } } }`. The outer names are
 * databases, or schemas of the one database that a PostgreSQL job reads; below a database there may be schemas again, and
 * its tables may be written `schema.table`. A name that holds more than letters, digits, `_`, `$` and `-` may be a regular
 * expression, which matches the whole name.
 */
export function selectionOf(objects: string): ObjectSelection {
  const outer = Object.entries(JSON.parse(objects) as Record<string, Entry | null>).map(
    ([name, entry]) => [matcher(name), entry ?? {}] as const,
  );
  const isNamed = (name: string) => outer.some(([matches]) => matches(name));
  const isHidden = (schema: string) => SYSTEM.test(schema) && !isNamed(schema);
  const any = (database: string, schema: string, holds: (entry: Entry, isDatabase: boolean) => boolean) =>
    !isHidden(schema) &&
    outer.some(
      ([matches, entry]) =>
        (matches(database) && holds(entry, true)) ||
        (schema !== database && matches(schema) && holds(entry, false)),
    );
  return {
    hasTable: (database, schema, table) =>
      any(database, schema, (entry, isDatabase) => holdsTable(entry, isDatabase ? schema : undefined, table)),
    hasSchema: (database, schema) =>
      any(
        database,
        schema,
        (entry, isDatabase) => isWhole(entry) || !isDatabase || holdsSchema(entry, schema),
      ),
  };
}

function isWhole({ all, Table, Schema }: Entry): boolean {
  return all === true || (Table === undefined && Schema === undefined);
}

/** `schema` is given where the entry is a whole database. */
function holdsTable(entry: Entry, schema: string | undefined, table: string): boolean {
  if (isWhole(entry)) return true;
  const isListed = Object.keys(entry.Table ?? {}).some((name) => {
    const matches = matcher(name);
    return matches(table) || (schema !== undefined && matches(`${schema}.${table}`));
  });
  if (isListed || schema === undefined) return isListed;
  return Object.entries(entry.Schema ?? {}).some(
    ([name, inner]) => matcher(name)(schema) && holdsTable(inner ?? {}, undefined, table),
  );
}

function holdsSchema({ Table, Schema }: Entry, schema: string): boolean {
  return Table !== undefined || Object.keys(Schema ?? {}).some((name) => matcher(name)(schema));
}

function matcher(name: string): (given: string) => boolean {
  if (PLAIN.test(name) || name.length > PATTERN_CHARS_MAX) return (given) => given === name;
  const pattern = patternOf(name);
  return (given) => given === name || pattern?.test(given) === true;
}

function patternOf(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${text})$`, "u");
  } catch {
    return undefined;
  }
}
