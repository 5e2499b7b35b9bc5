import type { Connection, RowDataPacket } from "mysql2/promise";
import { failureText } from "../../core/outbound/failure-text.ts";
import { connectionOver } from "../capture/mysql/connection.ts";
import { objectNames } from "./address.ts";
import { type Fault, type Probe, plain } from "./precheck-probe.ts";

const CONNECT_MS_MAX = 1_500;

interface ServerRow extends RowDataPacket {
  logBin: number | string;
  format: string;
  rowImage: string;
}

/** MySQL, MariaDB and PolarDB for MySQL: login, databases, row-based binary log with full images, rights. */
export async function checkMysql(probe: Probe): Promise<void> {
  const { target, configuration } = probe;
  const where = `${target.host}:${target.port}`;
  const description = `The source at ${where} answers and accepts the account.`;
  let connection: Connection;
  try {
    connection = await connectionOver(await probe.connect(), {
      host: target.host,
      port: target.port,
      user: configuration.source.userName,
      ...(probe.password === undefined ? {} : { password: probe.password }),
      connectTimeout: CONNECT_MS_MAX,
    });
  } catch (error) {
    probe.item("CHECK_CONN_SRC", description, {
      reason: `Cannot log in at ${where}: ${failureText(error)}.`,
      repair: "See that the source runs, and that host, port, account and password are right.",
    });
    return;
  }
  try {
    if (probe.item("CHECK_CONN_SRC", description, undefined)) await checkServer(connection, probe);
  } finally {
    connection.destroy();
  }
}

async function checkServer(connection: Connection, probe: Probe): Promise<void> {
  const [rows] = await connection.query<ServerRow[]>(
    "SELECT @@global.log_bin AS logBin, @@global.binlog_format AS format, @@global.binlog_row_image AS rowImage",
  );
  const state = rows[0];
  if (!state) return;
  const [databases] = await connection.query<RowDataPacket[]>("SHOW DATABASES");
  const present = new Set(databases.map((row) => String(Object.values(row)[0])));
  const { source, objects } = probe.configuration;
  const wanted = [source.databaseName, ...objectNames(objects)].filter((name) => name !== "" && plain(name));
  const unknown = wanted.find((name) => !present.has(name));
  const [grants] = await connection.query<RowDataPacket[]>("SHOW GRANTS");
  const mayReplicate = grants.some((row) => grantsReplication(String(Object.values(row)[0])));
  const binlogOn = [1, "1", "ON"].includes(state.logBin) && state.format.toUpperCase() === "ROW";
  const checks: [item: string, description: string, fault: Fault | undefined][] = [
    [
      "CHECK_DATABASE_SRC",
      "The tracked databases exist.",
      unknown === undefined
        ? undefined
        : {
            reason: `The database ${JSON.stringify(unknown)} does not exist, or ${source.userName} may not see it.`,
            repair: "Create it, grant SELECT on it, or correct the objects.",
          },
    ],
    [
      "CHECK_BINLOG_MODE_SRC",
      "The binary log is on and row-based.",
      binlogOn
        ? undefined
        : {
            reason: `log_bin is ${state.logBin} and binlog_format is ${state.format}; needed: 1 and ROW.`,
            repair: "Set log_bin and binlog_format = ROW and restart the source.",
          },
    ],
    [
      "CHECK_BINLOG_ROW_IMAGE_SRC",
      "The binary log holds full rows.",
      /^FULL/i.test(state.rowImage)
        ? undefined
        : {
            reason: `binlog_row_image is ${state.rowImage}; it must be FULL.`,
            repair: "Run: SET GLOBAL binlog_row_image = 'FULL'.",
          },
    ],
    [
      "CHECK_PRIVILEGE_SRC",
      "The account may replicate.",
      mayReplicate
        ? undefined
        : {
            reason: `The account ${source.userName} lacks REPLICATION SLAVE.`,
            repair: `Run: GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '${source.userName}'.`,
          },
    ],
  ];
  for (const check of checks) if (!probe.item(...check)) return;
}

function grantsReplication(grant: string): boolean {
  return /\bON \*\.\*/i.test(grant) && /\b(ALL PRIVILEGES|REPLICATION (SLAVE|REPLICA))\b/i.test(grant);
}
