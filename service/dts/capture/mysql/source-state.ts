import type { Session } from "./login.ts";

export interface SourceState {
  /** As the server writes it. */
  readonly version: string;
  readonly isMariadb: boolean;
  /** MySQL's UUID; `id:` and the server id where there is none. */
  readonly server: string;
  readonly isLogOn: boolean;
  /** Of row events; undefined where the server does not have the variable. */
  readonly logFormat: string;
  readonly rowImage: string;
  readonly rowMetadata: string | undefined;
  readonly rowValueOptions: string;
  /** Variables that keep databases out of the log, with their values. */
  readonly logFilters: readonly (readonly [variable: string, databases: string])[];
}

export async function sourceState(session: Session): Promise<SourceState> {
  const rows = await session.rows<{ Variable_name: string; Value: string }>(
    `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'server_id', 'server_uuid', 'log_bin', 'binlog_format',
      'binlog_row_image', 'binlog_row_metadata', 'binlog_row_value_options', 'binlog_do_db', 'binlog_ignore_db')`,
  );
  const values = new Map(rows.map((row) => [row.Variable_name.toLowerCase(), row.Value]));
  const version = values.get("version") ?? "";
  const isMariadb = /mariadb/i.test(version);
  const uuid = isMariadb ? undefined : values.get("server_uuid");
  return {
    version,
    isMariadb,
    server: uuid ?? `id:${values.get("server_id") ?? ""}`,
    isLogOn: /^(on|1)$/i.test(values.get("log_bin") ?? ""),
    logFormat: (values.get("binlog_format") ?? "ROW").toUpperCase(),
    rowImage: (values.get("binlog_row_image") ?? "FULL").toUpperCase(),
    rowMetadata: values.get("binlog_row_metadata")?.toUpperCase(),
    rowValueOptions: values.get("binlog_row_value_options") ?? "",
    logFilters: ["binlog_do_db", "binlog_ignore_db"]
      .map((name) => [name, values.get(name) ?? ""] as const)
      .filter(([, databases]) => databases !== ""),
  };
}

/** Seconds since the epoch by the source's clock, with a fraction. */
export async function sourceClock(session: Session): Promise<number> {
  const [row] = await session.rows<{ now: string }>("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) AS CHAR) AS now");
  return Number(row?.now);
}

export interface LogFile {
  readonly name: string;
  readonly bytes: number;
}

/** The files that the server still has, the oldest first. */
export async function logFiles(session: Session): Promise<LogFile[]> {
  const rows = await session.rows<{ Log_name: string; File_size: string | number }>("SHOW BINARY LOGS");
  return rows.map((row) => ({ name: row.Log_name, bytes: Number(row.File_size) }));
}

/** Where the log ends now. MySQL 8.4 knows the second statement only, and before 8.2 the first. */
export async function logEnd(session: Session): Promise<{ file: string; position: number } | undefined> {
  const old = await session.rows<EndRow>("SHOW MASTER STATUS").catch((error) => {
    if ((error as { errno?: unknown }).errno !== SYNTAX_ERROR) throw error;
    return undefined;
  });
  const [row] = old ?? (await session.rows<EndRow>("SHOW BINARY LOG STATUS"));
  return row && { file: row.File, position: Number(row.Position) };
}

const SYNTAX_ERROR = 1064;

interface EndRow {
  readonly File: string;
  readonly Position: string | number;
}
