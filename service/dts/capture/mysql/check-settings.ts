import { CaptureError, type CaptureJob } from "../capture.ts";
import type { SourceState } from "./source-state.ts";
import { noLog } from "./start-position.ts";

/** Throws REFUSED where the settings make capture impossible; gives notes on what they make weaker. */
export function checkSettings(job: CaptureJob, state: SourceState): string[] {
  const refuse = (what: string, repair: string) =>
    new CaptureError("REFUSED", `The source at ${job.host}:${job.port} ${what}. ${repair}`);
  if (!state.isLogOn) throw noLog(job);
  if (state.logFormat !== "ROW") {
    throw refuse(
      `writes its binary log in the format ${state.logFormat}, not as rows`,
      "Run: SET GLOBAL binlog_format = 'ROW', and let sessions that are open connect anew.",
    );
  }
  if (/PARTIAL_JSON/i.test(state.rowValueOptions)) {
    throw refuse(
      "writes only the changed parts of JSON values",
      "Run: SET GLOBAL binlog_row_value_options = '', and let sessions that are open connect anew.",
    );
  }
  const notes: string[] = [];
  if (state.rowImage !== "FULL") {
    notes.push(
      `binlog_row_image is ${state.rowImage}: columns that it leaves out of the log are marked as not in the image. SET GLOBAL binlog_row_image = 'FULL' brings them.`,
    );
  }
  if (state.rowMetadata !== "FULL") {
    notes.push(
      `binlog_row_metadata is ${state.rowMetadata ?? "not known to this server"}: names of columns are taken from the catalog as it is when their rows are read. Rows that are read only after their table was altered or dropped may come with columns named @1, @2 and so on. SET GLOBAL binlog_row_metadata = 'FULL' (MySQL 8.0 and MariaDB 10.5 and newer) prevents that.`,
    );
  }
  for (const [variable, databases] of state.logFilters) {
    notes.push(`${variable} is ${databases}: changes that it keeps out of the binary log are not tracked.`);
  }
  return notes;
}
