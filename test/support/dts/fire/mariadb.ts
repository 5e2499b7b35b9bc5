import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import mysql from "mysql2/promise";
import { type RunningMariadb, startMariadb } from "../../../../tools/mariadb.ts";
import { lowPort } from "../../low-port.ts";
import { mysqlBytes, storedBytes } from "../mysql-text.ts";
import { killTree } from "./kill.ts";
import { mariadbWorkload } from "./mariadb-workload.ts";
import { type FireSession, type FireSource, rowText } from "./source.ts";

const ACCOUNT = { user: "tracker", password: "it's Secret1" };
const DATABASE = "shop";
const SESSION = [
  "SET sql_mode = '', time_zone = '+00:00', lock_wait_timeout = 2, innodb_lock_wait_timeout = 2, max_statement_time = 30",
];
const COLUMNS = `SELECT table_name AS t, column_name AS c FROM information_schema.columns
  WHERE table_schema = '${DATABASE}' ORDER BY table_name, ordinal_position`;
const READERS =
  "SELECT id, command, time, state, info, @@gtid_binlog_pos AS end FROM information_schema.processlist";
const DUMPS = "SELECT id FROM information_schema.processlist WHERE command = 'Binlog Dump'";

/**
 * A real MariaDB, which flushes at each commit: a crash must not take away what replicas have seen. Its log names columns,
 * because a capture that comes later than an ALTER TABLE cannot know them from the catalog.
 */
export async function mariadbFire(): Promise<FireSource> {
  const dataDir = join(mkdtempSync(join(tmpdir(), "fire-mariadb-")), "data");
  const port = await lowPort();
  const start = () =>
    startMariadb({
      dataDir,
      ...ACCOUNT,
      database: DATABASE,
      port,
      settings: {
        innodb_flush_log_at_trx_commit: "1",
        sync_binlog: "1",
        max_binlog_size: "4194304",
        binlog_row_metadata: "FULL",
      },
    });
  let server = await start();
  const setup = await connect(server);
  for (const statement of mariadbWorkload.setup) await setup.query(statement);
  await setup.end();
  return {
    endpoint: {
      SourceEndpointEngineName: "MySQL",
      SourceEndpointPort: String(port),
      SourceEndpointDatabaseName: DATABASE,
      SourceEndpointUserName: ACCOUNT.user,
      SourceEndpointPassword: ACCOUNT.password,
    },
    objects: '{"shop":{"name":"shop","all":true}}',
    workload: mariadbWorkload,
    textOf: (value) => mysqlBytes(value)?.toString("latin1") ?? null,
    connect: async () => sessionOf(await connect(server)),
    kill9: () => killTree(server.pid),
    async restart() {
      server = await start();
    },
    async cutReplication() {
      const rows = await ask(server, DUMPS);
      for (const { id } of rows) await ask(server, `KILL ${id}`).catch(() => undefined);
      return rows.length;
    },
    readers: () => ask(server, READERS),
    stored: () => stored(server),
    leftovers: async () => [
      ...(await ask(server, "SHOW SLAVE HOSTS")).map((row) => `replica ${row.Server_id}`),
      ...(await ask(server, DUMPS)).map(({ id }) => `connection ${id}`),
    ],
    async stop() {
      await server.stop();
      rmSync(dirname(dataDir), { recursive: true, force: true });
    },
  };
}

function sessionOf(connection: mysql.Connection): FireSession {
  let isBroken = false;
  connection.on("error", () => {
    isBroken = true;
  });
  return {
    get isBroken() {
      return isBroken;
    },
    async run(sql) {
      await connection.query(sql);
    },
    close: () => connection.destroy(),
  };
}

/** Bytes as text, one character each: columns have character sets of their own. */
async function stored(server: RunningMariadb): Promise<Map<string, string[]>> {
  const columns = new Map<string, string[]>();
  for (const { t, c } of await ask(server, COLUMNS))
    columns.set(String(t), [...(columns.get(String(t)) ?? []), String(c)]);
  const found = new Map<string, string[]>();
  const connection = await connect(server);
  try {
    await connection.query("SET character_set_results = NULL");
    for (const [table, names] of columns) {
      const list = names.map((name) => mysql.escapeId(name, true)).join(", ");
      const [rows] = await connection.query({
        sql: `SELECT ${list} FROM ${mysql.escapeId(table, true)}`,
        rowsAsArray: true,
        typeCast: storedBytes,
      });
      const texts = (rows as unknown as (Buffer | null)[][]).map((row) =>
        rowText(Object.fromEntries(names.map((name, at) => [name, row[at]?.toString("latin1") ?? null]))),
      );
      found.set(`${DATABASE}.${table.replaceAll(".", "\\u002E")}`, texts.sort());
    }
    return found;
  } finally {
    connection.destroy();
  }
}

async function ask(server: RunningMariadb, sql: string): Promise<Record<string, unknown>[]> {
  const connection = await connect(server);
  try {
    const [rows] = await connection.query(sql);
    return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
  } finally {
    connection.destroy();
  }
}

async function connect({ port }: RunningMariadb): Promise<mysql.Connection> {
  const connection = await mysql.createConnection({
    host: "127.0.0.1",
    port,
    ...ACCOUNT,
    database: DATABASE,
    charset: "utf8mb4",
  });
  connection.on("error", () => undefined);
  for (const statement of SESSION) await connection.query(statement);
  return connection;
}
