import type { Client } from "pg";
import { CaptureError, type CaptureJob } from "../capture.ts";
import type { SourceNames } from "./names.ts";
import { decodePosition, lsnText, type PostgresPosition } from "./position.ts";
import { publicationState } from "./publication.ts";
import { iso } from "./slot.ts";
import { identify, slotState } from "./source-state.ts";

/**
 * Makes sure that the source still has what comes behind a position, and gives its LSN. Rejects with POSITION_LOST where
 * reading on would leave a gap that nobody sees.
 */
export async function checkPosition(
  job: CaptureJob,
  names: SourceNames,
  from: Uint8Array,
  catalog: Client,
  walsender: Client,
): Promise<number> {
  const position = decodePosition(from);
  const lost = (reason: string) => positionLost(job, position, reason);
  const source = await identify(walsender);
  if (source.systemId !== position.systemId)
    throw lost(`it is another server (system identifier ${source.systemId}, not ${position.systemId})`);
  if (source.lsn < position.lsn)
    throw lost(`its WAL ends at ${lsnText(source.lsn)}, before ${lsnText(position.lsn)}: it was set back`);
  const slot = await slotState(catalog, names.slot);
  if (!slot) throw lost(`its replication slot ${names.slot} is gone`);
  if (slot.walStatus === "lost")
    throw lost(`the WAL that its replication slot ${names.slot} needs was removed (max_slot_wal_keep_size)`);
  if (slot.confirmedLsn > position.lsn)
    throw lost(`its replication slot ${names.slot} has moved on to ${lsnText(slot.confirmedLsn)}`);
  if (!(await publicationState(catalog, names.publication)))
    throw lost(`its publication ${names.publication} is gone`);
  return position.lsn;
}

function positionLost(job: CaptureJob, position: PostgresPosition, reason: string): CaptureError {
  return new CaptureError(
    "POSITION_LOST",
    `The source at ${job.host}:${job.port} no longer has what comes behind ${lsnText(position.lsn)}: ${reason}. Changes from ${iso(position.seconds)} on are missing; reset the job to go on from now.`,
  );
}
