import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../contract/local.ts";
import { jsonLog } from "../../service/core/kit/log.ts";
import type { ProductRoom } from "../../service/core/kit/product-room.ts";
import { defaultOptions, type ServiceOptions } from "../../service/core/settings/service-options.ts";
import { rooms as allRooms } from "../../service/products.ts";
import { openService, type RunningService } from "../../service/server.ts";
import { stopChild } from "../../tools/ps.ts";

const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 60_000;
const LOG_BYTES_MAX = 1_000_000;

export interface StartOptions {
  /** Default true unless `dataDir` is given. */
  memory?: boolean;
  /** Kept by the caller; made and removed by nobody here. */
  dataDir?: string;
  /** Over the defaults, which for tests are: no waits, a movable clock, a free port, logs at debug. */
  settings?: Partial<ServiceOptions>;
  /** In process only. Default: all products. */
  rooms?: readonly ProductRoom[];
  /** Runs service/main.ts as a child, as users run it: then it can be killed. */
  asProcess?: boolean;
  /** The child is what is shipped, which must have been built, instead of the sources. */
  isBundle?: boolean;
  /** Further flags of the child. */
  args?: readonly string[];
  /** The time underneath the service's clock; in process only. */
  now?: () => number;
}

export interface TestService {
  readonly url: string;
  readonly port: number;
  /** `host:port`, as the official clients take it. */
  readonly endpoint: string;
  readonly key: { accessKeyId: string; accessKeySecret: string };
  /** In process only. */
  readonly running: RunningService | undefined;
  readonly pid: number | undefined;
  /** Of the child that was last started; null while it runs. */
  exitCode(): number | null;
  /** What the service wrote to its log, and in a child to stdout. */
  logs(): string;
  /** Calls `/_service/<path>` and returns the parsed answer; throws on a refusal. */
  admin(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
  /** SIGKILL; needs `asProcess`. */
  kill9(): Promise<void>;
  /** Stops when running, and starts again on the same port and folder. */
  restart(): Promise<void>;
}

/** A real service on a free port of the loopback. Stop it in `afterEach` or `afterAll`. */
export async function startService(options: StartOptions = {}): Promise<TestService> {
  if (options.memory === false && options.dataDir === undefined)
    throw new Error("memory: false needs a dataDir");
  const start = options.asProcess ? startChild : startInProcess;
  let log = "";
  const write = (text: string) => {
    log = (log + text).slice(-LOG_BYTES_MAX);
  };
  let current = await start(options, options.settings?.port ?? 0, write);
  const firstKey = options.settings?.keys?.[0];
  const { accessKeyId, accessKeySecret } = firstKey ?? {
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
  };
  const url = `http://127.0.0.1:${current.port}`;
  return {
    url,
    port: current.port,
    endpoint: `127.0.0.1:${current.port}`,
    key: { accessKeyId, accessKeySecret },
    get running() {
      return current.running;
    },
    get pid() {
      return current.child?.pid;
    },
    exitCode: () => current.child?.exitCode ?? null,
    logs: () => log,
    admin: (method, path, body) => callAdmin(url, options.settings?.serviceToken, method, path, body),
    stop: () => current.stop(),
    async kill9() {
      if (!current.child) throw new Error("kill9 needs asProcess: true");
      await stopChild(current.child, { signal: "SIGKILL" });
    },
    async restart() {
      await current.stop();
      current = await start(options, current.port, write);
    },
  };
}

interface Started {
  readonly port: number;
  readonly running: RunningService | undefined;
  readonly child: ChildProcess | undefined;
  stop(): Promise<void>;
}

function merged(options: StartOptions, port: number): ServiceOptions {
  return {
    ...defaultOptions,
    waitScale: 0,
    testClock: true,
    logLevel: "debug",
    kafka: { ...defaultOptions.kafka, port: 0 },
    rocketmq: { ...defaultOptions.rocketmq, port: 0 },
    ...options.settings,
    dataFolder: options.dataDir,
    port,
  };
}

async function startInProcess(
  options: StartOptions,
  port: number,
  write: (text: string) => void,
): Promise<Started> {
  const service = merged(options, port);
  const log = jsonLog(service.logLevel, () => Date.now(), write);
  const rooms = options.rooms ?? allRooms;
  const running = await openService({
    options: service,
    rooms,
    log,
    ...(options.now ? { now: options.now } : {}),
  });
  return { port: running.port, running, child: undefined, stop: () => running.stop() };
}

async function startChild(
  options: StartOptions,
  port: number,
  write: (text: string) => void,
): Promise<Started> {
  if (options.rooms) throw new Error("a child process has the rooms of products.ts");
  const folder = mkdtempSync(join(tmpdir(), "service-settings-"));
  const settings = join(folder, "settings.yaml");
  writeFileSync(settings, JSON.stringify(fileForm(merged(options, port))), { mode: 0o600 });
  const where = options.dataDir === undefined ? ["--memory"] : ["--data", options.dataDir];
  const main = join(
    import.meta.dirname,
    "../..",
    options.isBundle ? "service/dist/main.js" : "service/main.ts",
  );
  const args = [main, "--settings", settings, ...where, ...(options.args ?? [])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  child.once("exit", () => process.off("exit", endWithUs));
  child.stderr.setEncoding("utf8").on("data", write);
  try {
    const ready = await readyLine(child, write);
    return {
      port: Number(new URL(ready.url).port),
      running: undefined,
      child,
      stop: () => stopChild(child, { graceMs: STOP_MS_MAX }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The options that the settings file knows, under its names. */
function fileForm(options: ServiceOptions): object {
  const { limits, dataFolder, seedPath, vaultKeyPath, ...rest } = options;
  return {
    ...rest,
    ...(seedPath ? { seed: seedPath } : {}),
    ...(vaultKeyPath ? { vaultKey: vaultKeyPath } : {}),
  };
}

function readyLine(child: ChildProcess, write: (text: string) => void): Promise<{ url: string }> {
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`the service was not ready within ${READY_MS_MAX} ms: ${text}`));
    }, READY_MS_MAX);
    child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
      write(chunk);
      text += chunk;
      const line = text.split("\n").find((one) => one.includes('"event":"ready"'));
      if (!line) return;
      clearTimeout(timer);
      resolve(JSON.parse(line) as { url: string });
    });
    let errors = "";
    child.stderr?.on("data", (chunk: string) => {
      errors = (errors + chunk).slice(-4_000);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      reject(new Error(`the service ended with status ${code}: ${errors}`));
    });
  });
}

async function callAdmin(
  url: string,
  token: string | undefined,
  method: string,
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${url}/_service/${path}`, {
    method,
    // No pooled connection of before a restart may be used after it.
    headers: { connection: "close", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok)
    throw new Error(`${method} /_service/${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}
