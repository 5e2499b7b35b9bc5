import type {
  Capture,
  CaptureDependencies,
  CaptureError,
  CaptureJob,
  CaptureSink,
  Prepared,
} from "../capture.ts";
import { closeOn } from "../close-on.ts";
import { laterStartNotes } from "../later-start.ts";
import { checkPosition, checkPublication, lostWhileReading } from "./check-position.ts";
import { cleanUp, withoutSlot } from "./clean-up.ts";
import { ensureDdlTrigger, MESSAGES_SINCE } from "./ddl-trigger.ts";
import { captureError } from "./failure.ts";
import { login } from "./login.ts";
import { namesOf } from "./names.ts";
import { decodePosition, encodePosition } from "./position.ts";
import { ensurePublication, publicationState, syncPublication } from "./publication.ts";
import { Reading, startStatement } from "./reading.ts";
import { ensureSlot } from "./slot.ts";
import { identify, sourceClock, sourceState } from "./source-state.ts";

const LATE_TABLES =
  "A table that is created later is tracked from when it is noticed, within a minute: only a superuser's capture, with DDL among its data types, knows of new tables at once.";

/** Reads PostgreSQL 10 and newer: pgoutput through a replication slot of the job's own. */
export function postgresCapture(job: CaptureJob, dependencies: CaptureDependencies): Capture {
  const where = `${job.host}:${job.port}`;
  const seenTo = async (failure: CaptureError, signal: AbortSignal): Promise<never> => {
    throw failure.code === "POSITION_LOST" && !signal.aborted
      ? await withoutSlot(job, dependencies, signal, failure)
      : failure;
  };
  return {
    prepare: (signal, from) =>
      prepare(job, dependencies, signal, from).catch((error) =>
        seenTo(captureError("prepare the capture", where, error), signal),
      ),
    read: (from, sink, signal) =>
      read(job, dependencies, from, sink, signal).catch((error) =>
        seenTo(captureError("read the changes", where, lostWhileReading(job, from, error)), signal),
      ),
    cleanUp: (signal) => cleanUp(job, dependencies, signal),
  };
}

async function prepare(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
  from: Uint8Array | undefined,
): Promise<Prepared> {
  const names = namesOf(job);
  const session = await login(job, dependencies);
  const stop = closeOn(signal, session);
  try {
    const { client } = session;
    const walsender = await login(job, dependencies, true);
    const { systemId, timeline } = await identify(walsender.client).finally(walsender.close);
    const state = await sourceState(client);
    await checkPublication(job, names, client);
    // Before the slot: what is read through a slot knows only the publications that were there when it was made.
    const { isForAll, notes } = await ensurePublication(client, job, names, state);
    const trigger = await ensureDdlTrigger(client, job, names, state);
    notes.push(...trigger.notes);
    // The trigger publishes a new table at once.
    if (!isForAll && !trigger.isThere) notes.push(LATE_TABLES);
    const { seconds } = await sourceClock(client);
    notes.push(...laterStartNotes(job, seconds));
    if (from) return { position: from, notes };
    const lsn = await ensureSlot(client, job, names.slot, seconds);
    return { position: encodePosition({ systemId, timeline, lsn, seconds }), notes };
  } finally {
    stop();
  }
}

async function read(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  from: Uint8Array,
  sink: CaptureSink,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const names = namesOf(job);
  const catalog = await login(job, dependencies);
  const stopCatalog = closeOn(signal, catalog);
  try {
    const walsender = await login(job, dependencies, true);
    const stopWalsender = closeOn(signal, walsender);
    try {
      const state = await sourceState(catalog.client);
      const start = await checkPosition(job, names, from, catalog.client, walsender.client);
      const statement = startStatement(
        names.slot,
        names.publication,
        decodePosition(start).lsn,
        state.version >= MESSAGES_SINCE,
      );
      const publication = await publicationState(catalog.client, names.publication);
      const reading = new Reading({
        job,
        syncTables:
          publication?.isForAll === false
            ? () => syncPublication(catalog.client, job, names.publication, state)
            : undefined,
        names,
        dependencies,
        sink,
        from: start,
        serverVersion: state.versionText,
        catalog,
        walsender,
        statement,
      });
      await reading.run(signal);
    } finally {
      stopWalsender();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stopCatalog();
  }
}
