import type { Connection, RowDataPacket } from "mysql2/promise";
import { failureText } from "../../core/outbound/failure-text.ts";
import { openConnection } from "../capture/mysql/connection.ts";
import { objectNames } from "./address.ts";
import { type Fault, type Probe, plain } from "./precheck-probe.ts";

const CONNECT_MS_MAX = 1_500;

interface ServerRow extends RowDataPacket {
  logBin: number | string;
  format: string;
  rowImage: string;
  account: string;
}

/** MySQL, MariaDB and PolarDB for MySQL: login, databases, row-based binary log with full images, rights. */
export async function checkMysql(probe: Probe): Promise<void> {
  const { target, configuration } = probe;
  const where = `${target.host}:${target.port}`;
  const description = `The source at ${where} answers and accepts the account.`;
  let connection: Connection;
  try {
    const options = {
      host: target.host,
      port: target.port,
      user: configuration.source.userName,
      ...(probe.password === undefined ? {} : { password: probe.password }),
      connectTimeout: CONNECT_MS_MAX,
    };
    ({ connection } = await openConnection({ connect: () => probe.connect(), tls: probe.tls, options }));
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
    "SELECT @@global.log_bin AS logBin, @@global.binlog_format AS format, @@global.binlog_row_image AS rowImage, CURRENT_USER() AS account",
  );
  const state = rows[0];
  if (!state) return;
  const [databases] = await connection.query<RowDataPacket[]>("SHOW DATABASES");
  const present = new Set(databases.map((row) => String(Object.values(row)[0])));
  const { source, objects } = probe.configuration;
  const wanted = [source.databaseName, ...objectNames(objects)].filter((name) => name !== "" && plain(name));
  const unknown = wanted.find((name) => !present.has(name));
  const [grants] = await connection.query<RowDataPacket[]>("SHOW GRANTS");
  const lacking = lackingRights(grants.map((row) => String(Object.values(row)[0])));
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
    ["CHECK_BINLOG_MODE_SRC", "The binary log is on and row-based.", binlogFault(state)],
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
      lacking.length === 0
        ? undefined
        : {
            reason: `The account ${source.userName} lacks ${lacking.join(" and ")}.`,
            repair: `Run: GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO ${quotedAccount(state.account)}.`,
          },
    ],
  ];
  for (const check of checks) if (!probe.item(...check)) return;
}

function binlogFault({ logBin, format }: ServerRow): Fault | undefined {
  const isOn = [1, "1", "ON"].includes(logBin);
  if (isOn && format.toUpperCase() === "ROW") return undefined;
  return {
    reason: `log_bin is ${logBin} and binlog_format is ${format}; needed: 1 and ROW.`,
    repair: isOn
      ? "Run: SET GLOBAL binlog_format = 'ROW', set it in the source's configuration too, and let sessions that are open connect anew."
      : "Set log_bin and binlog_format = ROW in the source's configuration and restart it.",
  };
}

/** Of the rights that reading the log takes; where the log is now is told with the second one only. */
function lackingRights(grants: readonly string[]): string[] {
  const onAll = grants.filter((grant) => /\bON \*\.\*/i.test(grant)).join("\n");
  const has = (right: RegExp) => /\bALL PRIVILEGES\b/i.test(onAll) || right.test(onAll);
  return [
    ...(has(/\bREPLICATION (SLAVE|REPLICA)\b(?! ADMIN)/i) ? [] : ["REPLICATION SLAVE"]),
    ...(has(/\b(REPLICATION CLIENT|BINLOG MONITOR|SUPER)\b/i) ? [] : ["REPLICATION CLIENT"]),
  ];
}

/** `name@host`, as the server knows the account that has logged in, in the form that GRANT takes. */
function quotedAccount(account: string): string {
  const at = account.lastIndexOf("@");
  const quoted = (part: string) => `'${part.replaceAll("'", "''")}'`;
  return `${quoted(account.slice(0, at))}@${quoted(account.slice(at + 1))}`;
}
