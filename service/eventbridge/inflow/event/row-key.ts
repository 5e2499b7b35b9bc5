import { createHash } from "node:crypto";
import { CharacterValue } from "./column-values.ts";
import type { DecodedRecord } from "./user-record.ts";

/**
 * What row a change is about, the same for all changes of it: table and key, as a short text. Of a table without a key the
 * whole table, and of a statement as well: order then holds over all of it. An update that changes the key is of the row
 * before, and so is what follows it only by luck: whoever changes keys needs a sink that is ordered as a whole.
 */
export function rowKey(record: DecodedRecord): string {
  const { database = "", schema = "", table = "", keys, before, after } = record;
  const hash = createHash("sha256").update(JSON.stringify([database, schema, table]));
  const image = before ?? after ?? {};
  for (const name of keys.PRIMARY ?? Object.values(keys)[0] ?? []) {
    const value = image[name] ?? after?.[name];
    hash.update("\0");
    if (value instanceof CharacterValue) hash.update(value.bytes);
    else if (value instanceof Uint8Array) hash.update(value);
    else hash.update(String(value));
  }
  return hash.digest("base64url").slice(0, KEY_CHARS);
}

/** 132 bits. */
const KEY_CHARS = 22;
