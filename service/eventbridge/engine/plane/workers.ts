import { Worker } from "node:worker_threads";
import type { Kernel } from "../../../core/kit/kernel.ts";
import { type Thread, threadOf } from "../../../core/threads/kept-thread.ts";
import type { InflowThreadData } from "../../threads/messages.ts";

/** Starts the inflow thread, from the sources or from what they were bundled to. */
export function inflowWorker({ settings }: Kernel): () => Thread {
  const isSource = import.meta.url.endsWith(".ts");
  const file = isSource ? "../../threads/inflow-thread.ts" : "./inflow-thread.js";
  const { host, outbound, waitScale } = settings;
  const workerData: InflowThreadData = { host, outbound, waitScale };
  return () => threadOf(new Worker(new URL(file, import.meta.url), { workerData, execArgv: [] }));
}
