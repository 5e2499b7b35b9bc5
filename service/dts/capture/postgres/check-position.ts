import type { Client } from "pg";
import { CaptureError, type CaptureJob } from "../capture.ts";
import { positionLost } from "../failure.ts";
import type { SourceNames } from "./names.ts";
import { decodePosition, encodePosition, lsnText } from "./position.ts";
import { publicationState } from "./publication.ts";
import { identify, slotState } from "./source-state.ts";
import { leftTimelineAt, timelineHistory } from "./timelines.ts";

/** The server no longer has a file of its WAL. */
const WAL_REMOVED = "58P01";

/**
 * Makes sure that the source still has what comes behind a position, and gives the position to go on from: the same one, or
 * the same on the timeline that the source is on by now. Rejects with POSITION_LOST where reading on would leave a gap that
 * nobody sees.
 */
export async function checkPosition(
  job: CaptureJob,
  names: SourceNames,
  from: Uint8Array,
  catalog: Client,
  walsender: Client,
): Promise<Uint8Array> {
  const position = decodePosition(from);
  const lost = (reason: string) => positionLost(job, lsnText(position.lsn), position.seconds, reason);
  const source = await identify(walsender);
  if (source.systemId !== position.systemId)
    throw lost(`it is another server (system identifier ${source.systemId}, not ${position.systemId})`);
  if (source.timeline !== position.timeline) {
    const history = await timelineHistory(walsender, source.timeline);
    const left = leftTimelineAt(history, position.timeline);
    if (left === undefined || left < position.lsn)
      throw lost(
        `it is on timeline ${source.timeline}, which left timeline ${position.timeline} ${left === undefined ? "never" : `at ${lsnText(left)}`}: a standby or a backup took over that did not have all`,
      );
  }
  if (source.lsn < position.lsn)
    throw lost(`its WAL ends at ${lsnText(source.lsn)}: it was set back to an earlier state`);
  const slot = await slotState(catalog, names.slot);
  if (!slot) throw lost(`its replication slot ${names.slot} is gone`);
  if (slot.walStatus === "lost")
    throw lost(`the WAL that its replication slot ${names.slot} needs was removed (max_slot_wal_keep_size)`);
  if (slot.confirmedLsn > position.lsn)
    throw lost(`its replication slot ${names.slot} has moved on to ${lsnText(slot.confirmedLsn)}`);
  if (!(await publicationState(catalog, names.publication)))
    throw lost(`its publication ${names.publication} is gone`);
  return encodePosition({ ...position, timeline: source.timeline });
}

/** An existing slot needs the publication that was there before it; a new one would leave out what came between. */
export async function checkPublication(job: CaptureJob, names: SourceNames, catalog: Client): Promise<void> {
  const slot = await slotState(catalog, names.slot);
  if (!slot || (await publicationState(catalog, names.publication))) return;
  throw new CaptureError(
    "POSITION_LOST",
    `The source at ${job.host}:${job.port} has the replication slot ${names.slot}, but its publication ${names.publication} is gone, and with it what changed since. Reset the job to go on from now.`,
  );
}

/** Where the source said, while it was read, that the WAL is gone, that as POSITION_LOST; else what was thrown. */
export function lostWhileReading(job: CaptureJob, from: Uint8Array, error: unknown): unknown {
  if ((error as { code?: unknown }).code !== WAL_REMOVED) return error;
  const { lsn, seconds } = decodePosition(from);
  return positionLost(job, lsnText(lsn), seconds, (error as Error).message);
}
