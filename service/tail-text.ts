type Value = string | number | boolean | null | { readonly base64: string };

type Image = Readonly<Record<string, Value>>;

/** A change as the service's own pages give it. */
export interface Change {
  readonly operation: string;
  readonly time: string;
  readonly database?: string;
  readonly schema?: string;
  readonly table?: string;
  /** Columns that name a row. */
  readonly key: readonly string[];
  readonly before?: Image;
  readonly after?: Image;
  readonly statement?: string;
}

const VALUE_CHARS_MAX = 80;

/** A change as one line: time, operation, table, then the row; of an update its key and what is different. */
export function lineOf(change: Change): string {
  const { operation, time, database, schema, table, statement } = change;
  const name = [database, schema, table].filter((part) => part !== undefined).join(".");
  const detail = statement === undefined ? rowOf(change) : statement.replace(/\s+/g, " ").trim();
  return `${time.slice(0, 19).replace("T", " ")} ${operation.padEnd(6)} ${name} ${shownText(detail)}`.trimEnd();
}

function rowOf({ before, after, key }: Change): string {
  if (!before || !after) return pairs(after ?? before ?? {});
  const changed = Object.keys(after).filter((name) => name in before && !isSame(before[name], after[name]));
  // Where the image before is not whole, what changed is not known.
  const unknown = Object.keys(after).filter((name) => !(name in before) && !key.includes(name));
  const named = key.filter((name) => name in after && !changed.includes(name));
  const image = (names: readonly string[]): Image =>
    Object.fromEntries(names.map((name) => [name, after[name] ?? null]));
  const differences = changed.map(
    (name) => `${name}: ${valueText(before[name])} -> ${valueText(after[name])}`,
  );
  return [pairs(image(named)), ...differences, pairs(image(unknown))].filter((part) => part !== "").join(" ");
}

function pairs(image: Image): string {
  return Object.entries(image)
    .map(([name, value]) => `${name}=${valueText(value)}`)
    .join(" ");
}

function isSame(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function valueText(value: Value | undefined): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "object") return shortened(`0x${Buffer.from(value.base64, "base64").toString("hex")}`);
  if (typeof value !== "string") return String(value);
  const text = shortened(value);
  return /^[^\s"=\\]+$/.test(text) ? text : JSON.stringify(text);
}

function shortened(text: string): string {
  return text.length <= VALUE_CHARS_MAX ? text : `${text.slice(0, VALUE_CHARS_MAX)}...`;
}

/** Without control characters: what a row holds must not steer a terminal. */
function shownText(text: string): string {
  return text.replace(/\p{Cc}/gu, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
