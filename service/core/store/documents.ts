/** Documents of rows that reads share, for as long as such a row is remembered. */
const known = new WeakMap<object, unknown>();

/**
 * The JSON document of a row. Rows that several reads share are frozen (see the store); their document is parsed
 * once and frozen too. The document of any other row is the caller's own.
 */
export function documentOf<T>(row: { readonly document: string }): T {
  if (!Object.isFrozen(row)) return JSON.parse(row.document) as T;
  const shared = known.get(row);
  if (shared !== undefined) return shared as T;
  const parsed = JSON.parse(row.document) as T;
  freeze(parsed);
  known.set(row, parsed);
  return parsed;
}

/** Documents are as deep as rooms write them: a few levels. */
function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const member of Object.values(value)) freeze(member);
  Object.freeze(value);
}
