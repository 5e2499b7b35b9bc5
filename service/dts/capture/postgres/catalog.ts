import type { Client } from "pg";
import type { RelationMessage } from "./relation-message.ts";
import { builtInMapping, MADE_TYPES, type Mapping } from "./types.ts";

/** A column's type when domains are seen through. */
interface ResolvedType {
  readonly oid: number;
  readonly as: Mapping;
  /** Of the base type where a domain fixes it; undefined where the column's own counts. */
  readonly typmod?: number;
}

interface TypeRow {
  readonly oid: number;
  readonly base: number;
  readonly kind: string;
  readonly category: string;
  readonly typmod: number;
}

const FIRST_MADE_OID = 16384;

/** The types of a table's columns by their OIDs. Of a type that was dropped since only its text is known. */
export async function resolveTypes(
  client: Client,
  relation: RelationMessage,
): Promise<Map<number, ResolvedType>> {
  const oids = [...new Set(relation.columns.map((column) => column.typeOid))];
  const made = oids.filter((oid) => oid >= FIRST_MADE_OID);
  const found = new Map<number, ResolvedType>(
    oids.map((oid) => [oid, { oid, as: builtInMapping(oid) ?? MADE_TYPES.other.as }]),
  );
  if (made.length === 0) return found;
  const { rows } = await client.query<TypeRow>(
    `WITH RECURSIVE up(oid, base, typmod) AS (
      SELECT oid, oid, -1 FROM pg_type WHERE oid = ANY($1::oid[])
      UNION ALL
      SELECT up.oid, t.typbasetype, t.typtypmod FROM up JOIN pg_type t ON t.oid = up.base WHERE t.typtype = 'd')
    SELECT up.oid::int8::float8 AS oid, up.base::int8::float8 AS base, t.typtype::text AS kind,
      t.typcategory::text AS category, up.typmod AS typmod
    FROM up JOIN pg_type t ON t.oid = up.base WHERE t.typtype <> 'd'`,
    [made],
  );
  for (const row of rows) found.set(row.oid, resolve(row));
  return found;
}

function resolve({ oid, base, kind, category, typmod }: TypeRow): ResolvedType {
  const as =
    builtInMapping(base) ??
    (kind === "e" ? MADE_TYPES.enum.as : category === "S" ? MADE_TYPES.string.as : MADE_TYPES.other.as);
  return base === oid ? { oid: base, as } : { oid: base, as, typmod };
}

/**
 * The primary key and the unique keys of a table as they are now, by name. Clients refuse keys with columns that a record
 * does not have, so only those stay whose columns are all in the message.
 */
export async function keysOf(client: Client, relation: RelationMessage): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ name: string; is_primary: boolean; columns: string[] }>(
    `SELECT c.relname AS name, i.indisprimary AS is_primary,
      (SELECT array_agg(a.attname::text ORDER BY k.place)
        FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
        WHERE k.place <= coalesce((to_jsonb(i)->>'indnkeyatts')::int, i.indnatts)) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = $1::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
    ORDER BY i.indexrelid`,
    [relation.oid],
  );
  const known = new Set(relation.columns.map((column) => column.name));
  const keys = rows
    .filter(({ columns }) => columns.every((column) => known.has(column)))
    .map(({ name, is_primary, columns }): [string, string[]] => [is_primary ? "PRIMARY" : name, columns]);
  if (keys.length > 0) return Object.fromEntries(keys);
  // Dropped since: the message itself tells the key where the identity is one.
  const key = relation.columns.filter((column) => column.isKey).map((column) => column.name);
  return relation.identity === "d" && key.length > 0 ? { PRIMARY: key } : {};
}
