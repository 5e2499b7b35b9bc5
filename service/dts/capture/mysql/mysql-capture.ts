import { type Capture, CaptureError, type CaptureJob, type CaptureSink, type Prepared } from "../capture.ts";
import { captureError } from "./failure.ts";
import { login, type MysqlDependencies } from "./login.ts";
import { decodePosition, encodePosition } from "./position.ts";
import { Reading } from "./reading.ts";
import { logEnd, sourceClock, sourceState } from "./source-state.ts";

/** Reads MySQL 5.7 and newer and MariaDB 10.5 and newer: the binary log of rows, as a replica does. */
export function mysqlCapture(job: CaptureJob, dependencies: MysqlDependencies): Capture {
  const where = `${job.host}:${job.port}`;
  return {
    prepare: (signal) =>
      prepare(job, dependencies, signal).catch((error) => {
        throw captureError("prepare the capture", where, error);
      }),
    read: (from, sink, signal) =>
      read(job, dependencies, from, sink, signal).catch((error) => {
        throw captureError("read the changes", where, error);
      }),
    cleanUp: async () => undefined,
  };
}

async function prepare(
  job: CaptureJob,
  dependencies: MysqlDependencies,
  signal: AbortSignal,
): Promise<Prepared> {
  const session = await login(job, dependencies);
  const stop = closeOn(signal, session);
  try {
    const state = await sourceState(session);
    const end = await logEnd(session);
    if (!end)
      throw new CaptureError(
        "REFUSED",
        `The source at ${job.host}:${job.port} has no binary log. Set log_bin and binlog_format = ROW and restart it.`,
      );
    const seconds = Math.floor(await sourceClock(session));
    return {
      position: encodePosition({ server: state.server, ...end, gtid: "", seconds, notBefore: 0 }),
      notes: [],
    };
  } finally {
    stop();
  }
}

async function read(
  job: CaptureJob,
  dependencies: MysqlDependencies,
  from: Uint8Array,
  sink: CaptureSink,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const catalog = await login(job, dependencies);
  const stop = closeOn(signal, catalog);
  try {
    const state = await sourceState(catalog);
    const reading = new Reading({ job, dependencies, sink, from: decodePosition(from), state, catalog });
    await reading.run(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stop();
  }
}

/** Closes the session at once when the signal is raised, which ends whatever waits on it; gives what closes it otherwise. */
function closeOn(signal: AbortSignal, session: { close(): void }): () => void {
  const close = () => session.close();
  signal.addEventListener("abort", close, { once: true });
  return () => {
    signal.removeEventListener("abort", close);
    close();
  };
}
