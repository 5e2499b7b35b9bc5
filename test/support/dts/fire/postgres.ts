import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { type RunningPostgres, startPostgres } from "../../../../tools/postgres.ts";
import { lowPort } from "../../low-port.ts";
import { postgresText } from "../oracle.ts";
import { killTree } from "./kill.ts";
import { postgresWorkload } from "./postgres-workload.ts";
import { type FireSession, type FireSource, rowText } from "./source.ts";

const USER = "tracker";
const DATABASE = "shop";
const SESSION = "SET timezone = 'UTC'; SET lock_timeout = '2s'; SET statement_timeout = '30s'";
const TEXTS = `SELECT n.nspname || '.' || replace(c.relname, '.', '\\u002E') AS name, format('SELECT %s FROM %I.%I',
    coalesce(string_agg(quote_ident(a.attname), ', '), ''), n.nspname, c.relname) AS sql
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition GROUP BY 1, n.nspname, c.relname`;
const LEFTOVERS = `SELECT slot_name::text AS name FROM pg_replication_slots
  UNION ALL SELECT pubname FROM pg_publication
  UNION ALL SELECT evtname FROM pg_event_trigger
  UNION ALL SELECT proname FROM pg_proc WHERE pronamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'public')
  UNION ALL SELECT nspname FROM pg_namespace WHERE nspname LIKE 'change_tracking%'`;
const READERS = `SELECT s.slot_name, s.active_pid, s.restart_lsn::text, s.confirmed_flush_lsn::text, pg_current_wal_lsn()::text AS end,
    a.state, a.wait_event, a.query, r.sent_lsn::text, r.flush_lsn::text
  FROM pg_replication_slots s LEFT JOIN pg_stat_activity a ON a.pid = s.active_pid
  LEFT JOIN pg_stat_replication r ON r.pid = s.active_pid`;
const BOOL = 16;
/** Values as the server writes them, but for booleans, which records have in full. */
const AS_WRITTEN = {
  getTypeParser: (oid: number) => (text: string) => (oid === BOOL ? String(text === "t") : text),
};

/** A real PostgreSQL. Nothing but the processes is killed, so what was written is there without fsync. */
export async function postgresFire(): Promise<FireSource> {
  const dataDir = join(mkdtempSync(join(tmpdir(), "fire-postgres-")), "data");
  const port = await lowPort();
  const start = () =>
    startPostgres({
      dataDir,
      user: USER,
      database: DATABASE,
      port,
      settings: { fsync: "off", wal_sender_timeout: "10s" },
    });
  let server = await start();
  const setup = await connect(server);
  for (const statement of postgresWorkload.setup) await setup.query(statement);
  await setup.end();
  return {
    endpoint: {
      SourceEndpointEngineName: "PostgreSQL",
      SourceEndpointPort: String(port),
      SourceEndpointDatabaseName: DATABASE,
      SourceEndpointUserName: USER,
      SourceEndpointPassword: server.password,
    },
    objects: '{"shop":{"name":"shop","all":true}}',
    workload: postgresWorkload,
    textOf: postgresText,
    connect: async () => sessionOf(await connect(server)),
    kill9: () => killTree(server.pid),
    async restart() {
      server = await start();
    },
    async cutReplication() {
      const rows = await ask(server, "SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
      return rows.length;
    },
    readers: () => ask(server, READERS),
    stored: () => stored(server),
    leftovers: async () => (await ask(server, LEFTOVERS)).map(({ name }) => String(name)),
    async stop() {
      await server.stop();
      rmSync(dirname(dataDir), { recursive: true, force: true });
    },
  };
}

function sessionOf(client: pg.Client): FireSession {
  let isBroken = false;
  client.on("end", () => {
    isBroken = true;
  });
  return {
    get isBroken() {
      return isBroken;
    },
    async run(sql) {
      await client.query(sql);
    },
    close: () => void client.end().catch(() => undefined),
  };
}

async function stored(server: RunningPostgres): Promise<Map<string, string[]>> {
  const client = await connect(server);
  try {
    const { rows: tables } = await client.query<{ name: string; sql: string }>(TEXTS);
    const found = new Map<string, string[]>();
    for (const { name, sql } of tables) {
      const { rows } = await client.query({ text: sql, types: AS_WRITTEN });
      found.set(`${DATABASE}.${name}`, rows.map(rowText).sort());
    }
    return found;
  } finally {
    await client.end();
  }
}

async function ask(server: RunningPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = await connect(server);
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function connect({ port, password }: RunningPostgres): Promise<pg.Client> {
  const client = new pg.Client({ host: "127.0.0.1", port, user: USER, password, database: DATABASE });
  client.on("error", () => undefined);
  await client.connect();
  await client.query(SESSION);
  return client;
}
