import type { CaptureError, CaptureJob } from "../capture.ts";
import { positionLost } from "../failure.ts";
import { FIRST_POSITION } from "./log-place.ts";
import type { Session } from "./login.ts";
import { type MysqlPosition, positionText } from "./position.ts";
import { logFiles, type SourceState } from "./source-state.ts";
import { gtidAt } from "./start-position.ts";

const POSITION_MAX = 0xffffffff;

/**
 * Makes sure that the source still has what comes behind a position, and gives the place to read from. Rejects with
 * POSITION_LOST where reading on would leave a gap that nobody sees.
 */
export async function checkPosition(
  job: CaptureJob,
  session: Session,
  state: SourceState,
  position: MysqlPosition,
): Promise<MysqlPosition> {
  const lost = (reason: string) => lostBehind(job, position, reason);
  const { file } = position;
  if (state.server !== position.server)
    throw lost(`it is another server (${serverText(state.server)}, not ${serverText(position.server)})`);
  const files = await logFiles(session);
  const place = files.findIndex(({ name }) => name === file);
  const [oldest] = files;
  if (place < 0) throw lost(`its file ${file} was purged; the oldest one is ${oldest?.name ?? "none"}`);
  const bytes = files[place]?.bytes ?? 0;
  if (bytes < position.position)
    throw lost(`its file ${file} has only ${bytes} bytes: it was begun anew, or set back`);
  const next = files[place + 1];
  // A place beyond 4 GiB cannot be asked for. Only the last transaction of a file can end there.
  const from =
    position.position > POSITION_MAX && next
      ? { ...position, file: next.name, position: FIRST_POSITION }
      : position;
  if (!(await hasTransactions(session, state, from)))
    throw lost(`the transaction ${position.gtid} is not in its binary log: it was begun anew, or set back`);
  return from;
}

export function lostBehind(
  job: CaptureJob,
  { file, position, seconds }: MysqlPosition,
  reason: string,
): CaptureError {
  return positionLost(job, positionText(file, position), seconds, reason);
}

async function hasTransactions(
  session: Session,
  state: SourceState,
  { gtid, file, position }: MysqlPosition,
): Promise<boolean> {
  if (gtid === "") return true;
  if (state.isMariadb) {
    const before = (await gtidAt(session, state, file, position)).split(",");
    return gtid.split(",").every((one) => before.includes(one));
  }
  const [row] = await session.rows<{ known: string | number }>(
    "SELECT GTID_SUBSET(?, @@GLOBAL.gtid_executed) AS known",
    [gtid],
  );
  return Number(row?.known) === 1;
}

function serverText(server: string): string {
  return server.startsWith("id:") ? `server_id ${server.slice(3)}` : `server_uuid ${server}`;
}
