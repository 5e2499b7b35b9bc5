import type { Client } from "pg";
import { parseLsn } from "./position.ts";

/** Where the WAL ends, and the source's time then. */
export async function sourceClock(
  client: Client,
): Promise<{ readonly lsn: number; readonly seconds: number }> {
  const { rows } = await client.query<{ lsn: string; seconds: number }>(
    `SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END::text AS lsn,
      floor(extract(epoch FROM clock_timestamp()))::float8 AS seconds`,
  );
  const [row] = rows as [(typeof rows)[number]];
  return { lsn: parseLsn(row.lsn), seconds: row.seconds };
}

export interface SourceState {
  /** As 180004 for 18.4. */
  readonly version: number;
  readonly versionText: string;
}

export async function sourceState(client: Client): Promise<SourceState> {
  const { rows } = await client.query<{ version: number; text: string }>(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS text",
  );
  const [row] = rows as [(typeof rows)[number]];
  return { version: row.version, versionText: row.text };
}

interface SlotState {
  readonly confirmedLsn: number;
  /** `lost` when the WAL it needs is gone; undefined where the server does not tell. */
  readonly walStatus: string | undefined;
}

/** Undefined when there is no such slot. */
export async function slotState(client: Client, slot: string): Promise<SlotState | undefined> {
  const { rows } = await client.query<{ confirmed: string | null; wal_status: string | null }>(
    `SELECT confirmed_flush_lsn::text AS confirmed, to_jsonb(s)->>'wal_status' AS wal_status
    FROM pg_replication_slots s WHERE slot_name = $1`,
    [slot],
  );
  const [row] = rows;
  if (!row) return undefined;
  return {
    confirmedLsn: row.confirmed === null ? 0 : parseLsn(row.confirmed),
    walStatus: row.wal_status ?? undefined,
  };
}

/** Which cluster this is and how far its WAL goes; asked of a walsender. */
export async function identify(
  walsender: Client,
): Promise<{ readonly systemId: string; readonly timeline: number; readonly lsn: number }> {
  const { rows } = await walsender.query<{ systemid: string; timeline: number | string; xlogpos: string }>(
    "IDENTIFY_SYSTEM",
  );
  const [row] = rows as [(typeof rows)[number]];
  return { systemId: row.systemid, timeline: Number(row.timeline), lsn: parseLsn(row.xlogpos) };
}
