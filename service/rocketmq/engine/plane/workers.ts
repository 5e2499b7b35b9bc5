import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { bareHost } from "../../../../contract/host.ts";
import type { Kernel } from "../../../core/kit/kernel.ts";
import { type Thread, threadOf } from "../../../core/threads/kept-thread.ts";
import { settingsOf } from "../../settings.ts";
import type { MessageThreadData } from "../../threads/messages.ts";
import { MESSAGES } from "./plane.ts";

/** Of a topic where there is no data folder: it is in memory then, and so small. */
const MEMORY_BYTES_MAX = 64 * 1024 * 1024;

/** The thread as Node has it, from the sources or from what they were bundled to. */
export function messageWorker(kernel: Kernel): () => Thread {
  const isSource = import.meta.url.endsWith(".ts");
  const file = isSource ? "../../threads/message-thread.ts" : "./message-thread.js";
  return () =>
    threadOf(new Worker(new URL(file, import.meta.url), { workerData: dataOf(kernel), execArgv: [] }));
}

function dataOf(kernel: Kernel): MessageThreadData {
  const { dataFolder, host, rocketmq } = kernel.settings;
  const { hours, megabytes } = settingsOf(kernel).retention;
  const bytesMax = megabytes * 1024 * 1024;
  return {
    folder: dataFolder === undefined ? undefined : join(dataFolder, MESSAGES),
    retention: {
      ageSecondsMax: hours * 3_600,
      bytesMax: dataFolder === undefined ? Math.min(bytesMax, MEMORY_BYTES_MAX) : bytesMax,
    },
    listener: {
      host: rocketmq.host ?? host,
      firstPort: rocketmq.port,
      advertised: placeOf(rocketmq.advertised),
    },
  };
}

/** `host:port`, which the settings have judged. */
function placeOf(address: string | undefined): { host: string; port: number } | undefined {
  if (address === undefined) return undefined;
  const at = address.lastIndexOf(":");
  return { host: bareHost(address.slice(0, at)), port: Number(address.slice(at + 1)) };
}
