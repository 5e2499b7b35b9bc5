import type { Capture, CaptureDependencies, CaptureJob, CaptureSink, Prepared } from "../capture.ts";
import { closeOn } from "../close-on.ts";
import { textOf } from "../failure.ts";
import { laterStartNotes } from "../later-start.ts";
import { checkPosition, lostBehind } from "./check-position.ts";
import { checkSettings } from "./check-settings.ts";
import { cleanUp } from "./clean-up.ts";
import { captureError } from "./failure.ts";
import { login } from "./login.ts";
import { decodePosition, encodePosition } from "./position.ts";
import { Reading } from "./reading.ts";
import { sourceClock, sourceState } from "./source-state.ts";
import { startPosition } from "./start-position.ts";
import { Undone } from "./undone.ts";

/** The server's number for a log that it does not have, or not at that place. */
const LOG_UNREADABLE = 1236;

/** Reads MySQL 5.7 and newer and MariaDB 10.5 and newer: the binary log of rows, as a replica does. */
export function mysqlCapture(job: CaptureJob, dependencies: CaptureDependencies): Capture {
  const where = `${job.host}:${job.port}`;
  const undone = new Undone();
  return {
    prepare: (signal, from) =>
      prepare(job, dependencies, signal, from).catch((error) => {
        throw captureError("prepare the capture", where, error);
      }),
    read: (from, sink, signal) =>
      read({ job, dependencies, undone, from, sink, signal }).catch((error) => {
        throw captureError("read the changes", where, error);
      }),
    cleanUp: (signal) => cleanUp(job, dependencies, signal),
  };
}

async function prepare(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
  from: Uint8Array | undefined,
): Promise<Prepared> {
  const session = await login(job, dependencies);
  const stop = closeOn(signal, session);
  try {
    const state = await sourceState(session);
    const notes = [...checkSettings(job, state), ...laterStartNotes(job, await sourceClock(session))];
    if (from) return { position: from, notes };
    const position = await startPosition({ job, dependencies, session, state, signal });
    return { position: encodePosition(position), notes };
  } finally {
    stop();
  }
}

interface ReadParts {
  readonly job: CaptureJob;
  readonly dependencies: CaptureDependencies;
  readonly undone: Undone;
  readonly from: Uint8Array;
  readonly sink: CaptureSink;
  readonly signal: AbortSignal;
}

async function read({ job, dependencies, undone, from, sink, signal }: ReadParts): Promise<void> {
  if (signal.aborted) return;
  const catalog = await login(job, dependencies);
  const stop = closeOn(signal, catalog);
  try {
    const state = await sourceState(catalog);
    const position = await checkPosition(job, catalog, state, decodePosition(from));
    const reading = new Reading({ job, dependencies, sink, from: position, state, catalog, undone });
    await reading.run(signal);
  } catch (error) {
    if (signal.aborted) return;
    if ((error as { errno?: unknown }).errno === LOG_UNREADABLE)
      throw lostBehind(job, decodePosition(from), textOf(error));
    throw error;
  } finally {
    stop();
  }
}
