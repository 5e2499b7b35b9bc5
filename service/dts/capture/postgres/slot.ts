import type { Client } from "pg";
import { CaptureError, type CaptureJob } from "../capture.ts";
import { iso } from "../failure.ts";
import { parseLsn } from "./position.ts";
import { slotState } from "./source-state.ts";

const NOT_IN_PREREQUISITE_STATE = "55000";
const TOO_MANY = "53400";
/** What was asked for as "now" is a little older by the time it gets here. */
const START_TOLERANCE_SECONDS = 60;

/** Makes the slot where there is none. Gives the LSN from which it has all that is committed. */
export async function ensureSlot(
  client: Client,
  job: CaptureJob,
  slot: string,
  nowSeconds: number,
): Promise<number> {
  const existing = await slotState(client, slot);
  if (existing) return existing.confirmedLsn;
  const where = `${job.host}:${job.port}`;
  const { startAtSeconds = nowSeconds } = job;
  if (startAtSeconds < nowSeconds - START_TOLERANCE_SECONDS) {
    throw new CaptureError(
      "REFUSED",
      `The source at ${where} has no changes from before now: PostgreSQL keeps them from the moment on when its replication slot is made. Give no start time, which is now, or one that is still to come, instead of ${iso(startAtSeconds)}.`,
    );
  }
  try {
    const { rows } = await client.query<{ lsn: string }>(
      "SELECT lsn::text FROM pg_create_logical_replication_slot($1, 'pgoutput')",
      [slot],
    );
    return parseLsn((rows[0] as { lsn: string }).lsn);
  } catch (error) {
    throw slotError(where, error);
  }
}

function slotError(where: string, error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (code === NOT_IN_PREREQUISITE_STATE)
    return new CaptureError(
      "REFUSED",
      `The source at ${where} writes no logical WAL: ${message}. Set wal_level = logical and restart it.`,
      { cause: error },
    );
  if (code === TOO_MANY)
    return new CaptureError(
      "REFUSED",
      `The source at ${where} has no free replication slot: ${message}. Drop one that is unused, or raise max_replication_slots.`,
      { cause: error },
    );
  return error;
}
