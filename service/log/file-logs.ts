import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { FileLog } from "./file-log.ts";
import type { Log, LogRetention, LogStore } from "./log.ts";
import { makePrivateFolder, REMOVED_PREFIX, removeFolder } from "./log-folder.ts";
import { checkLogName, isLogName } from "./log-name.ts";
import { OpenLogs } from "./open-logs.ts";
import { boundsOf } from "./retention.ts";

interface FileLogsOptions {
  readonly retention: LogRetention;
  /** A segment is closed when it holds so much; default 64 MiB, less where little is kept. */
  readonly segmentBytes?: number;
  /** Kept in memory of each log, so that who follows closely reads no file; default 8 MiB. */
  readonly tailBytes?: number;
  /** Clock in seconds since the epoch, by which age is counted. */
  readonly nowSeconds?: () => number;
  /** How often age is looked at where nothing is appended; default a minute. */
  readonly checkEveryMs?: number;
}

const TAIL_BYTES = 8 * 1024 * 1024;
const CHECK_EVERY_MS = 60_000;

/**
 * Logs in folders of their own under this one, which is made for its owner alone and belongs to this process alone.
 * Rejects where it cannot be made or read.
 */
export async function openFileLogs(folder: string, options: FileLogsOptions): Promise<LogStore> {
  await makePrivateFolder(folder);
  for (const name of await readdir(folder)) {
    if (name.startsWith(REMOVED_PREFIX)) await rm(join(folder, name), { recursive: true, force: true });
  }
  return new FileLogs(folder, options);
}

class FileLogs implements LogStore {
  readonly #folder: string;
  readonly #logs: OpenLogs<FileLog>;

  constructor(folder: string, options: FileLogsOptions) {
    this.#folder = folder;
    const shared = {
      bounds: boundsOf(options.retention, options.segmentBytes),
      tailBytes: options.tailBytes ?? TAIL_BYTES,
      nowSeconds: options.nowSeconds ?? (() => Date.now() / 1000),
    };
    this.#logs = new OpenLogs(async (name, firstOffset) => {
      const own = join(folder, name);
      await makePrivateFolder(own);
      return await FileLog.open({ ...shared, name, folder: own, firstOffset });
    }, options.checkEveryMs ?? CHECK_EVERY_MS);
  }

  async open(name: string, firstOffset = 0): Promise<Log> {
    checkLogName(name);
    return await this.#logs.open(name, firstOffset);
  }

  async remove(name: string): Promise<void> {
    checkLogName(name);
    await this.#logs.closeOne(name, () => removeFolder(this.#folder, name));
  }

  async list(): Promise<readonly string[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && isLogName(entry.name))
      .map((entry) => entry.name)
      .sort();
  }

  async size(): Promise<number> {
    let bytes = 0;
    for (const name of await this.list()) {
      for (const file of await readdir(join(this.#folder, name)).catch(() => [])) {
        // What goes away meanwhile has no size.
        bytes += await stat(join(this.#folder, name, file)).then(
          ({ size }) => size,
          () => 0,
        );
      }
    }
    return bytes;
  }

  close(): Promise<void> {
    return this.#logs.close();
  }
}
