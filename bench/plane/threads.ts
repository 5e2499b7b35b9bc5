import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { type Line, openLine } from "../../service/core/threads/line.ts";
import type {
  CaptureOrder,
  CaptureThreadCalls,
  CaptureThreadData,
  CaptureThreadNeeds,
  LogThreadCalls,
  LogThreadData,
  LogThreadNeeds,
} from "../../service/dts/threads/messages.ts";
import type { LogRange } from "../../service/log/log.ts";
import { root } from "../../tools/paths.ts";
import type { BenchSource } from "./source.ts";

const RETENTION = { bytesMax: 1e12, ageSecondsMax: 1e9 };
const WAIT_MS_MAX = 300_000;

/** Who may read. */
export const READER = { user: "bench-reader", groupId: "reader", password: "Bench-group-1" } as const;

/** The service's two threads as they are shipped, without the control plane: sources to a durable log. */
export class BenchThreads {
  readonly #workers: readonly Worker[];
  readonly #capture: Line<CaptureThreadCalls>;
  readonly #log: Line<LogThreadCalls>;
  readonly #ranges = new Map<string, LogRange>();
  readonly #running = new Set<string>();
  #changed: () => void = () => undefined;
  #topic = "";
  #trouble: Error | undefined;
  #runs = 0;

  static async start(folder: string): Promise<BenchThreads> {
    const threads = new BenchThreads(folder);
    await threads.#log.ask("start", {});
    const { port1, port2 } = new MessageChannel();
    threads.#log.tell("connect", { port: port1 }, [port1]);
    threads.#capture.tell("connect", { port: port2 }, [port2]);
    return threads;
  }

  private constructor(folder: string) {
    const listener = { host: "127.0.0.1", port: 0, advertised: undefined, public: undefined };
    const logData: LogThreadData = { folder, retention: RETENTION, listener, clusterId: "bench" };
    const captureData: CaptureThreadData = {
      host: "127.0.0.1",
      outbound: { allow: [], deny: [] },
      sourceTls: { mode: "off", ca: undefined },
    };
    const log = worker("log", logData);
    const capture = worker("capture", captureData);
    this.#workers = [log, capture];
    this.#log = openLine<LogThreadCalls, LogThreadNeeds>(log, {
      authenticate: ({ user, password }) =>
        user === READER.user && password === READER.password
          ? { user, groupId: READER.groupId, topic: this.#topic }
          : undefined,
      topicOf: () => this.#topic,
      committed: () => undefined,
      commit: () => undefined,
      session: () => undefined,
      note: () => undefined,
      ranges: (ranges) => {
        for (const [id, range] of Object.entries(ranges)) this.#ranges.set(id, range);
        this.#changed();
      },
    });
    this.#capture = openLine<CaptureThreadCalls, CaptureThreadNeeds>(capture, {
      state: ({ captureId, state }) => {
        if (state.kind === "running") this.#running.add(captureId);
        else this.#trouble = new Error(`${captureId}: ${state.code}: ${state.message}`);
        this.#changed();
      },
      largeRow: () => undefined,
      note: () => undefined,
    });
  }

  async run(source: BenchSource, captureId: string): Promise<void> {
    const order: CaptureOrder = {
      captureId,
      serviceId: "bench",
      family: "postgres",
      host: "127.0.0.1",
      port: source.server.port,
      user: source.user,
      password: source.server.password,
      database: source.database,
      objects: JSON.stringify({ [source.database]: { name: source.database, all: true } }),
      dml: true,
      ddl: false,
      isConfigured: true,
      mayBegin: true,
      firstOffset: 0,
      run: ++this.#runs,
    };
    await this.#capture.ask("run", order);
  }

  /** Resolves when it captures. */
  untilRunning(captureId: string): Promise<void> {
    return this.#until(() => this.#running.has(captureId));
  }

  /** Behind the last record that may be read, as far as was told. */
  endOffset(captureId: string): number {
    return this.#ranges.get(captureId)?.endOffset ?? 0;
  }

  /** Resolves when so much may be read; noticed within 100 ms. */
  untilOffset(captureId: string, offset: number): Promise<void> {
    return this.#until(() => this.endOffset(captureId) >= offset);
  }

  async stop(captureId: string): Promise<void> {
    this.#running.delete(captureId);
    await this.#capture.ask("stop", { captureId });
  }

  /** Lets `READER` read the log under this topic; gives the listener's address. */
  async serve(captureId: string, topic: string): Promise<string> {
    this.#topic = topic;
    await this.#log.ask("serve", { captureId, topic, firstOffset: 0 });
    const { host, port } = await this.#log.ask("start", {});
    return `${host}:${port}`;
  }

  async close(): Promise<void> {
    await this.#capture.ask("stopAll", {}).catch(() => undefined);
    await this.#log.ask("stop", {}).catch(() => undefined);
    await Promise.all(this.#workers.map((one) => one.terminate()));
  }

  async #until(isThere: () => boolean): Promise<void> {
    const deadline = performance.now() + WAIT_MS_MAX;
    while (!isThere()) {
      if (this.#trouble) throw this.#trouble;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error(`the capture is not as far after ${WAIT_MS_MAX / 1000} s`);
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        timer = setTimeout(resolve, leftMs);
      });
      clearTimeout(timer);
    }
  }
}

function worker(name: "log" | "capture", workerData: unknown): Worker {
  return new Worker(join(root, `service/dist/${name}-thread.js`), { workerData });
}
