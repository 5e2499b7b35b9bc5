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
interface SourceTable {
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

/** All tables of the source that can be published. */
async function sourceTables(client: Client, publication: string): Promise<SourceTable[]> {
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
  return rows;
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
 * Makes the publication where there is none, and gives notes. It is for all tables only where all are tracked: PostgreSQL
 * refuses UPDATE and DELETE on published tables without a key, and nobody's other tables should suffer that.
 */
export async function ensurePublication(
  client: Client,
  job: CaptureJob,
  { publication }: SourceNames,
  state: SourceState,
): Promise<{ readonly isForAll: boolean; readonly notes: string[] }> {
  const tables = await sourceTables(client, publication);
  const tracked = tables.filter((table) => isTracked(table, job));
  const existing = await publicationState(client, publication);
  const isForAll =
    existing?.isForAll ??
    (await createPublication(client, publication, state, tracked.length === tables.length));
  const notes = identityNotes(tracked);
  if (isForAll) return { isForAll, notes };
  const refused = tracked.filter(
    (table) => !table.isPublished && !table.isOwn && isPublishable(table, state),
  );
  await syncPublication(client, job, publication, state, tables);
  if (refused.length > 0) {
    notes.push(
      `Not tracked, because the account ${job.user} does not own them: ${shown(refused)}. Make it their owner, or a superuser.`,
    );
  }
  return { isForAll, notes };
}

/** Adds the tracked tables that a publication of single tables lacks, and takes off those that are not tracked. */
export async function syncPublication(
  client: Client,
  job: CaptureJob,
  publication: string,
  state: SourceState,
  tables?: readonly SourceTable[],
): Promise<void> {
  const own = (tables ?? (await sourceTables(client, publication))).filter((table) => table.isOwn);
  const missing = own.filter(
    (table) => !table.isPublished && isTracked(table, job) && isPublishable(table, state),
  );
  const needless = own.filter((table) => table.isPublished && !isTracked(table, job));
  const alter = `ALTER PUBLICATION ${quoteName(publication)}`;
  if (missing.length > 0) await client.query(`${alter} ADD TABLE ${listed(missing)}`);
  if (needless.length > 0) await client.query(`${alter} DROP TABLE ${listed(needless)}`);
}

function isTracked({ schema, name }: SourceTable, { objects, database }: CaptureJob): boolean {
  return objects.hasTable(database, schema, name);
}

function listed(tables: readonly SourceTable[]): string {
  return tables.map(({ schema, name }) => `${quoteName(schema)}.${quoteName(name)}`).join(", ");
}

/** True when it is for all tables. */
async function createPublication(
  client: Client,
  publication: string,
  state: SourceState,
  isWantedForAll: boolean,
): Promise<boolean> {
  const operations =
    state.version >= TRUNCATE_SINCE ? "insert, update, delete, truncate" : "insert, update, delete";
  const options = [`publish = '${operations}'`];
  if (state.version >= VIA_ROOT_SINCE) options.push("publish_via_partition_root = true");
  if (state.version >= GENERATED_SINCE) options.push("publish_generated_columns = stored");
  const create = `CREATE PUBLICATION ${quoteName(publication)}`;
  const settings = `WITH (${options.join(", ")})`;
  if (!isWantedForAll) {
    await client.query(`${create} ${settings}`);
    return false;
  }
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
function isPublishable({ isPartition, isPartitioned }: SourceTable, { version }: SourceState): boolean {
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
