import type { Client } from "pg";
import type { CaptureJob } from "../capture.ts";
import { quoteName, type SourceNames } from "./names.ts";
import type { SourceState } from "./source-state.ts";

const INSUFFICIENT_PRIVILEGE = "42501";
const TRUNCATE_SINCE = 110_000;
const VIA_ROOT_SINCE = 130_000;
const GENERATED_SINCE = 180_000;
const NAMES_SHOWN_MAX = 10;

/** A table that could be tracked. */
export interface SourceTable {
  readonly schema: string;
  readonly name: string;
  readonly isPartitioned: boolean;
  readonly isPartition: boolean;
  /** Whether an UPDATE or DELETE can be published: with a primary key, a chosen index or the whole row as identity. */
  readonly hasIdentity: boolean;
  /** Whether the account may add it to a publication. */
  readonly isOwn: boolean;
  readonly isPublished: boolean;
}

/** The tables of the source that the job tracks. */
export async function trackedTables(
  client: Client,
  job: CaptureJob,
  publication: string,
): Promise<SourceTable[]> {
  const { rows } = await client.query<SourceTable>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name, c.relkind = 'p' AS "isPartitioned",
      c.relispartition AS "isPartition", pg_has_role(c.relowner, 'USAGE') AS "isOwn",
      c.relreplident = 'f' OR (c.relreplident = 'i' AND EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisreplident AND i.indisvalid))
      OR (c.relreplident = 'd' AND EXISTS (
        SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indisvalid)) AS "hasIdentity",
      EXISTS (SELECT FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
        WHERE p.pubname = $1 AND r.prrelid = c.oid) AS "isPublished"
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p'
      AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    ORDER BY 1, 2`,
    [publication],
  );
  return rows.filter(({ schema, name }) => job.objects.hasTable(job.database, schema, name));
}

export async function publicationState(
  client: Client,
  publication: string,
): Promise<{ readonly isForAll: boolean } | undefined> {
  const { rows } = await client.query<{ all: boolean }>(
    `SELECT puballtables AS all FROM pg_publication WHERE pubname = $1`,
    [publication],
  );
  return rows[0] && { isForAll: rows[0].all };
}

/**
 * Makes the publication, or adds what it lacks; never takes anything off, since changes that are still to be read may need
 * it. All tables where the account may: then a new table is tracked from its first row on. Gives notes.
 */
export async function ensurePublication(
  client: Client,
  job: CaptureJob,
  names: SourceNames,
  state: SourceState,
): Promise<string[]> {
  const tables = await trackedTables(client, job, names.publication);
  const existing = await publicationState(client, names.publication);
  let isForAll = existing?.isForAll ?? false;
  if (!existing) isForAll = await createPublication(client, names.publication, state);
  const notes = identityNotes(tables);
  if (isForAll) return notes;
  const wanted = tables.filter((table) => !table.isPublished && publishable(table, state));
  const refused = wanted.filter((table) => !table.isOwn);
  const own = wanted.filter((table) => table.isOwn);
  const list = own.map(({ schema, name }) => `${quoteName(schema)}.${quoteName(name)}`).join(", ");
  if (own.length > 0)
    await client.query(`ALTER PUBLICATION ${quoteName(names.publication)} ADD TABLE ${list}`);
  if (refused.length > 0) {
    notes.push(
      `Not tracked, because the account ${job.user} does not own them: ${shown(refused)}. Make it their owner, or a superuser.`,
    );
  }
  notes.push(
    `The account ${job.user} may not publish all tables (that takes a superuser): a table that is created later is tracked from the moment on when it is noticed, which takes up to a minute.`,
  );
  return notes;
}

/** True when it is for all tables. */
async function createPublication(client: Client, publication: string, state: SourceState): Promise<boolean> {
  const operations =
    state.version >= TRUNCATE_SINCE ? "insert, update, delete, truncate" : "insert, update, delete";
  const options = [`publish = '${operations}'`];
  if (state.version >= VIA_ROOT_SINCE) options.push("publish_via_partition_root = true");
  if (state.version >= GENERATED_SINCE) options.push("publish_generated_columns = stored");
  const create = `CREATE PUBLICATION ${quoteName(publication)}`;
  const settings = `WITH (${options.join(", ")})`;
  try {
    await client.query(`${create} FOR ALL TABLES ${settings}`);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    await client.query(`${create} ${settings}`);
    return false;
  }
}

/** Partitions are published with their root where the server can do that, else they are what is published. */
function publishable({ isPartition, isPartitioned }: SourceTable, { version }: SourceState): boolean {
  return version >= VIA_ROOT_SINCE ? !isPartition : !isPartitioned;
}

function identityNotes(tables: readonly SourceTable[]): string[] {
  const without = tables.filter((table) => !table.hasIdentity);
  if (without.length === 0) return [];
  const example = without[0] as SourceTable;
  const name = `${quoteName(example.schema)}.${quoteName(example.name)}`;
  return [
    `PostgreSQL refuses UPDATE and DELETE on tracked tables that have no primary key: ${shown(without)}. Give each a primary key, or run for each: ALTER TABLE ${name} REPLICA IDENTITY FULL.`,
  ];
}

function shown(tables: readonly SourceTable[]): string {
  const names = tables.slice(0, NAMES_SHOWN_MAX).map(({ schema, name }) => `${schema}.${name}`);
  const more = tables.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}
