import type { Log, LogRetention, LogStore } from "./log.ts";
import { checkLogName } from "./log-name.ts";
import { MemoryLog } from "./memory-log.ts";
import { OpenLogs } from "./open-logs.ts";

interface MemoryLogsOptions {
  readonly retention: LogRetention;
  /** Clock in seconds since the epoch, by which age is counted. */
  readonly nowSeconds?: () => number;
  /** How often age is looked at where nothing is appended; default a minute. */
  readonly checkEveryMs?: number;
}

const CHECK_EVERY_MS = 60_000;

/** Logs that live as long as the store; a log that was closed goes on where it was when it is opened again. */
export function openMemoryLogs(options: MemoryLogsOptions): LogStore {
  return new MemoryLogs(options);
}

class MemoryLogs implements LogStore {
  readonly #kept = new Map<string, MemoryLog>();
  readonly #logs: OpenLogs<MemoryLog>;

  constructor({ retention, nowSeconds, checkEveryMs }: MemoryLogsOptions) {
    this.#logs = new OpenLogs(async (name, firstOffset) => {
      const now = nowSeconds ?? (() => Date.now() / 1000);
      const log =
        this.#kept.get(name)?.reopened() ?? new MemoryLog({ name, firstOffset, retention, nowSeconds: now });
      this.#kept.set(name, log);
      return log;
    }, checkEveryMs ?? CHECK_EVERY_MS);
  }

  async open(name: string, firstOffset = 0): Promise<Log> {
    checkLogName(name);
    return await this.#logs.open(name, firstOffset);
  }

  async remove(name: string): Promise<void> {
    checkLogName(name);
    await this.#logs.closeOne(name, async () => {
      this.#kept.delete(name);
    });
  }

  async list(): Promise<readonly string[]> {
    return [...this.#kept.keys()].sort();
  }

  async size(): Promise<number> {
    return [...this.#kept.values()].reduce((sum, log) => sum + log.range().bytes, 0);
  }

  async close(): Promise<void> {
    await this.#logs.close();
    this.#kept.clear();
  }
}
