import { type CaptureDependencies, CaptureError, type CaptureJob } from "../capture.ts";
import { iso } from "../failure.ts";
import { fileTime } from "./first-event.ts";
import { FIRST_POSITION } from "./log-place.ts";
import type { Session } from "./login.ts";
import type { MysqlPosition } from "./position.ts";
import { type LogFile, logEnd, logFiles, type SourceState, sourceClock } from "./source-state.ts";

interface StartParts {
  readonly job: CaptureJob;
  readonly dependencies: CaptureDependencies;
  readonly session: Session;
  readonly state: SourceState;
  readonly signal: AbortSignal;
}

/** Where to begin: the log's end, or the file that has the first change of the wanted time. */
export async function startPosition(parts: StartParts): Promise<MysqlPosition> {
  const { job, session, state } = parts;
  const end = await logEnd(session);
  if (!end) throw noLog(job);
  const seconds = Math.floor(await sourceClock(session));
  const { startAtSeconds } = job;
  const timeOf = (file: string) => fileTime(job, parts.dependencies, state, file, parts.signal);
  if (startAtSeconds === undefined || startAtSeconds > seconds) {
    // Read for the sake of the right to read.
    await timeOf(end.file);
    const gtid = await gtidAt(session, state, end.file, end.position);
    return { server: state.server, ...end, gtid, seconds, notBefore: startAtSeconds ?? 0 };
  }
  const file = await fileOf(job, await logFiles(session), startAtSeconds, timeOf);
  return {
    server: state.server,
    file,
    position: FIRST_POSITION,
    gtid: "",
    seconds: startAtSeconds,
    notBefore: startAtSeconds,
  };
}

/** The last file that was begun before a time: the one before it may end within the same second. */
async function fileOf(
  job: CaptureJob,
  files: readonly LogFile[],
  seconds: number,
  timeOf: (file: string) => Promise<number>,
): Promise<string> {
  const [oldest] = files;
  if (!oldest) throw noLog(job);
  const oldestSeconds = await timeOf(oldest.name);
  if (oldestSeconds > seconds) {
    throw new CaptureError(
      "REFUSED",
      `The source at ${job.host}:${job.port} has no changes from before ${iso(oldestSeconds)}: its oldest binary log, ${oldest.name}, begins then. Start at that time or later, not at ${iso(seconds)}.`,
    );
  }
  let low = 0;
  let high = files.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((await timeOf((files[middle] as LogFile).name)) < seconds) low = middle;
    else high = middle - 1;
  }
  return (files[low] as LogFile).name;
}

/** The GTIDs that lie before a place; empty where the server does not tell. */
export async function gtidAt(
  session: Session,
  { isMariadb }: SourceState,
  file: string,
  position: number,
): Promise<string> {
  if (!isMariadb) return "";
  const [row] = await session.rows<{ gtid: string | null }>("SELECT BINLOG_GTID_POS(?, ?) AS gtid", [
    file,
    position,
  ]);
  return row?.gtid ?? "";
}

export function noLog({ host, port }: CaptureJob): CaptureError {
  return new CaptureError(
    "REFUSED",
    `The source at ${host}:${port} writes no binary log. Set log_bin and binlog_format = ROW and restart it.`,
  );
}
