import type { Socket } from "node:net";
import type { Client } from "pg";
import { failureText } from "../../core/outbound/failure-text.ts";
import { clientOver } from "../capture/postgres/client.ts";
import { quoteName } from "../capture/postgres/names.ts";
import { secured } from "../capture/postgres/secured.ts";
import { objectNames } from "./address.ts";
import { type Fault, type Probe, plain } from "./precheck-probe.ts";

const CONNECT_MS_MAX = 1_500;
const QUERY_MS_MAX = 1_000;
const DATABASE_MISSING = "3D000";

/**
 * PostgreSQL: login, database and schemas, logical WAL, the right to replicate, a free replication slot.
 * The item names beyond CHECK_CONN_SRC are chosen; the published list of names was not found.
 */
export async function checkPostgres(probe: Probe): Promise<void> {
  const { target, configuration } = probe;
  const where = `${target.host}:${target.port}`;
  let socket: Socket;
  try {
    socket = await secured(() => probe.connect(), target.host, probe.tls);
  } catch (error) {
    refuseLogin(probe, where, error);
    return;
  }
  const client = await clientOver(socket, {
    host: target.host,
    port: target.port,
    user: configuration.source.userName,
    password: probe.password ?? "",
    database: probe.database || "postgres",
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: QUERY_MS_MAX,
    application_name: "change-tracking precheck",
  });
  try {
    if (await login(client, probe, where)) await checkServer(client, probe);
  } finally {
    client.end().catch(() => undefined);
    socket.destroy();
  }
}

function refuseLogin(probe: Probe, where: string, error: unknown): boolean {
  return probe.item("CHECK_CONN_SRC", loginDescription(where), {
    reason: `Cannot log in at ${where}: ${failureText(error)}${probe.password === undefined ? " (no password was given)" : ""}.`,
    repair: "See that the source runs, and that host, port, account and password are right.",
  });
}

function loginDescription(where: string): string {
  return `The source at ${where} answers and accepts the account.`;
}

async function login(client: Client, probe: Probe, where: string): Promise<boolean> {
  const description = loginDescription(where);
  try {
    await client.connect();
    return probe.item("CHECK_CONN_SRC", description, undefined);
  } catch (error) {
    if ((error as { code?: unknown }).code !== DATABASE_MISSING) {
      return refuseLogin(probe, where, error);
    }
    probe.item("CHECK_CONN_SRC", description, undefined);
    return probe.item("CHECK_DATABASE_SRC", "The tracked database exists.", {
      reason: `The database ${JSON.stringify(probe.database)} does not exist at ${where}.`,
      repair: "Create it, or give its name as SourceEndpointDatabaseName.",
    });
  }
}

interface ServerState {
  readonly wal_level: string;
  readonly database: string;
  readonly may_replicate: boolean;
  readonly may_create: boolean;
  readonly slots: number;
  readonly slots_max: number;
  readonly schemas: string[];
}

async function checkServer(client: Client, probe: Probe): Promise<void> {
  const { rows } = await client.query<ServerState>(`
    SELECT current_setting('wal_level') AS wal_level, current_database() AS database,
      (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user) AS may_replicate,
      has_database_privilege(current_database(), 'CREATE') AS may_create,
      (SELECT count(*)::int FROM pg_replication_slots) AS slots,
      current_setting('max_replication_slots')::int AS slots_max,
      (SELECT array_agg(nspname::text) FROM pg_namespace) AS schemas`);
  const state = rows[0];
  if (!state) return;
  const { source, objects } = probe.configuration;
  const unknown = objectNames(objects).find(
    (name) => plain(name) && name !== probe.database && !state.schemas.includes(name),
  );
  const checks: [item: string, description: string, fault: Fault | undefined][] = [
    [
      "CHECK_DATABASE_SRC",
      "The tracked database and schemas exist.",
      unknown === undefined
        ? undefined
        : {
            reason: `${JSON.stringify(unknown)} is neither the database ${JSON.stringify(probe.database)} nor one of its schemas.`,
            repair: "Name the database or its schemas in the objects.",
          },
    ],
    [
      "CHECK_WAL_LEVEL_SRC",
      "The source writes a logical WAL.",
      state.wal_level === "logical"
        ? undefined
        : {
            reason: `wal_level is ${state.wal_level}; it must be logical.`,
            repair: "Set wal_level = logical and restart the source.",
          },
    ],
    [
      "CHECK_PRIVILEGE_SRC",
      "The account may replicate and make a publication.",
      rightsFault(source.userName, state),
    ],
    [
      "CHECK_SLOT_SRC",
      "A replication slot is free.",
      state.slots < state.slots_max
        ? undefined
        : {
            reason: `All ${state.slots_max} replication slots are in use.`,
            repair: "Drop an unused slot or raise max_replication_slots.",
          },
    ],
  ];
  for (const check of checks) if (!probe.item(...check)) return;
}

function rightsFault(
  account: string,
  { may_replicate, may_create, database }: ServerState,
): Fault | undefined {
  if (!may_replicate) {
    return {
      reason: `The account ${account} has neither REPLICATION nor SUPERUSER.`,
      repair: `Run: ALTER ROLE ${quoteName(account)} REPLICATION.`,
    };
  }
  if (may_create) return undefined;
  return {
    reason: `The account ${account} lacks CREATE on the database ${database}, which a publication takes.`,
    repair: `Run: GRANT CREATE ON DATABASE ${quoteName(database)} TO ${quoteName(account)}.`,
  };
}
