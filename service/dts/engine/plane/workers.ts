import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { bareHost } from "../../../../contract/host.ts";
import type { Kernel } from "../../../core/kit/kernel.ts";
import { threadOf } from "../../../core/threads/kept-thread.ts";
import { settingsOf } from "../../settings.ts";
import type { CaptureThreadData, LogThreadData } from "../../threads/messages.ts";
import type { Spawn, ThreadKind } from "./threads.ts";

/** The folder below the data folder in which the logs are kept. */
const LOGS = "logs";
/** Without a data folder the logs are in memory, and so small. */
const MEMORY_BYTES_MAX = 256 * 1024 * 1024;

/** Threads as Node has them, from the sources or from what they were bundled to. */
export function workerThreads(kernel: Kernel): Spawn {
  return (kind) => threadOf(new Worker(fileOf(kind), { workerData: dataOf(kernel, kind), execArgv: [] }));
}

function fileOf(kind: ThreadKind): URL {
  const isSource = import.meta.url.endsWith(".ts");
  return new URL(isSource ? `../../threads/${kind}-thread.ts` : `./${kind}-thread.js`, import.meta.url);
}

function dataOf(kernel: Kernel, kind: ThreadKind): LogThreadData | CaptureThreadData {
  const { settings } = kernel;
  if (kind === "capture") {
    const { host, outbound, sourceTls } = settings;
    return { host, outbound, sourceTls };
  }
  const { dataFolder, kafka } = settings;
  const { hours, megabytes } = settingsOf(kernel).retention;
  const bytesMax = megabytes * 1024 * 1024;
  return {
    folder: dataFolder === undefined ? undefined : join(dataFolder, LOGS),
    retention: {
      ageSecondsMax: hours * 3600,
      bytesMax: dataFolder === undefined ? Math.min(bytesMax, MEMORY_BYTES_MAX) : bytesMax,
    },
    listener: {
      host: kafka.host ?? settings.host,
      port: kafka.port,
      advertised: placeOf(kafka.advertised),
      public: kafka.public && { port: kafka.public.port, advertised: placeOf(kafka.public.advertised) },
    },
    clusterId: kernel.serviceId,
  };
}

/** `host:port`, which the settings have judged. */
function placeOf(address: string | undefined): { host: string; port: number } | undefined {
  if (address === undefined) return undefined;
  const at = address.lastIndexOf(":");
  return { host: bareHost(address.slice(0, at)), port: Number(address.slice(at + 1)) };
}
