import { chownSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { commonFlags, initialise, SMALL } from "./mariadb/initialise.ts";
import { ensureMariadb, type MariadbSetup } from "./mariadb/setup.ts";
import { type Account, reachableDataDir, unprivilegedAccount } from "./server/account.ts";
import { endLeftover, launchOnPort, type ServerProgram } from "./server/launch.ts";

interface MariadbOptions {
  /** The folder of the data; made when missing. It outlives `stop`, unless `keep` is false. */
  dataDir: string;
  /** An account with every right, from any address. */
  user: string;
  password: string;
  /** Made when missing. */
  database: string;
  /** On 127.0.0.1; a start fails when it is taken. Default: the one of the last time, or a free one. */
  port?: number;
  /** Server settings beside a row-based binary log with full images, for example `{ sync_binlog: "0" }`. */
  settings?: Record<string, string>;
  /** Whether the data stays after `stop`. Default true. */
  keep?: boolean;
}

export interface RunningMariadb {
  /** On 127.0.0.1. The same one as the last time when it is still free. */
  port: number;
  /** The server's process id. */
  pid: number;
  /** Runs one statement as the account of the options and returns its rows, if it has any. */
  run(sql: string): Promise<Record<string, unknown>[]>;
  /** An orderly shutdown: waits until the server has ended, 15 seconds at most. */
  stop(): Promise<void>;
}

/**
 * Starts a real MariaDB whose binary log can be tracked, as an ordinary user even when this process is root: the
 * machine's own, else one from its package archive. A server left over in the same folder is shut down first.
 */
export async function startMariadb(options: MariadbOptions): Promise<RunningMariadb> {
  const setup = await ensureMariadb();
  const account = unprivilegedAccount("mysql");
  const dataDir = reachableDataDir(options.dataDir, "mariadb", account);
  const program = programOf(setup, dataDir, account);
  await endLeftover(program);
  if (!existsSync(join(dataDir, "mysql"))) await initialise(setup, setup.template, dataDir, account);

  const accounts = writeAccounts(dataDir, account, options);
  const flags = [...commonFlags(setup, dataDir), ...SMALL, ...settingsOf(options), `--init-file=${accounts}`];
  const server = await launchOnPort("MariaDB", dataDir, options.port, (port) => ({
    ...program,
    command: [setup.server, ...flags, `--port=${port}`],
  })).finally(() => rmSync(accounts, { force: true }));
  const { port, pid } = server;
  const { user, password, database } = options;
  return {
    port,
    pid,
    async run(sql) {
      const connection = await mysql.createConnection({ host: "127.0.0.1", port, user, password, database });
      try {
        const [rows] = await connection.query(sql);
        return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
      } finally {
        await connection.end();
      }
    },
    async stop() {
      await server.stop();
      if (options.keep === false) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function programOf(
  setup: MariadbSetup,
  dataDir: string,
  account: Account | undefined,
): Omit<ServerProgram, "command"> {
  return {
    name: dataDir,
    readyText: "ready for connections",
    stopSignal: "SIGTERM",
    killSignal: "SIGKILL",
    pidFile: join(dataDir, "server.pid"),
    env: setup.env,
    account,
  };
}

function settingsOf(options: MariadbOptions): string[] {
  const all = {
    bind_address: "127.0.0.1",
    skip_name_resolve: "ON",
    // Relative to the data: a path of its own may be longer than a socket's name can be.
    socket: "server.sock",
    pid_file: "server.pid",
    server_id: "1",
    log_bin: "binlog",
    binlog_format: "ROW",
    binlog_row_image: "FULL",
    ...options.settings,
  };
  return Object.entries(all).map(([name, value]) => `--${name.replaceAll("_", "-")}=${value}`);
}

/** What the server runs at its start, before anybody can connect. */
function writeAccounts(dataDir: string, account: Account | undefined, options: MariadbOptions): string {
  const { user, password, database } = options;
  const file = join(dataDir, "accounts.sql");
  const who = `${mysql.escape(user)}@'%'`;
  const secret = mysql.escape(password);
  const statements = [
    `CREATE USER IF NOT EXISTS ${who} IDENTIFIED BY ${secret}`,
    `ALTER USER ${who} IDENTIFIED BY ${secret}`,
    `GRANT ALL PRIVILEGES ON *.* TO ${who} WITH GRANT OPTION`,
    `CREATE DATABASE IF NOT EXISTS ${mysql.escapeId(database)}`,
  ];
  rmSync(file, { force: true });
  writeFileSync(file, statements.map((one) => `${one};\n`).join(""), { mode: 0o600 });
  if (account) chownSync(file, account.uid, account.gid);
  return file;
}
