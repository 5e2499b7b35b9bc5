/** Databases and the tables tracked in each; "all" or no list means the whole database. */
export type TrackedObjects = Readonly<Record<string, { readonly tables?: readonly string[] | "all" }>>;

interface DbListEntry {
  name: string;
  all: boolean;
  Table?: Record<string, { name: string; all: boolean }>;
}

/**
 * `DbList` of ConfigureSubscription, `DbObject` of the answers: JSON text in the published form
 * `{"db":{"name":"db","all":false,"Table":{"t":{"name":"t","all":true}}}}`. Names are sorted, so that equal
 * objects give equal texts.
 */
export function toDbList(objects: TrackedObjects): string {
  const entries = Object.keys(objects)
    .sort()
    .map((name): [string, DbListEntry] => {
      const tables = objects[name]?.tables ?? "all";
      if (tables === "all") return [name, { name, all: true }];
      const listed = [...tables].sort().map((table) => [table, { name: table, all: true }]);
      return [name, { name, all: false, Table: Object.fromEntries(listed) }];
    });
  return JSON.stringify(Object.fromEntries(entries));
}

/** The reverse; undefined for text that is not such an object. A database without a table list counts as whole. */
export function fromDbList(text: string): TrackedObjects | undefined {
  const parsed = asObject(parseJson(text));
  if (parsed === undefined) return undefined;
  const result: [string, { tables?: readonly string[] | "all" }][] = [];
  for (const [key, entry] of Object.entries(parsed)) {
    const database = asObject(entry);
    if (database === undefined) return undefined;
    const tables = asObject(database.Table);
    if (database.all === true || tables === undefined)
      result.push([nameOf(database, key), { tables: "all" }]);
    else result.push([nameOf(database, key), { tables: Object.entries(tables).map(tableName).sort() }]);
  }
  return Object.fromEntries(result);
}

function tableName([key, table]: [string, unknown]): string {
  return nameOf(asObject(table) ?? {}, key);
}

function nameOf(entry: Record<string, unknown>, key: string): string {
  return typeof entry.name === "string" ? entry.name : key;
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
