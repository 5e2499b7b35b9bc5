import { parentPort, workerData } from "node:worker_threads";
import { dial } from "../../core/outbound/dial.ts";
import { serveInflow } from "./inflow-server.ts";
import type { InflowThreadData } from "./messages.ts";

/** A worker: carries changes to message queues, for all tasks. */

const CONNECT_MS_MAX = 10_000;

const policy = workerData as InflowThreadData;

if (parentPort) {
  serveInflow(parentPort, {
    scale: policy.waitScale,
    // URLs of functions come from the settings alone.
    connect: (host, port) => dial(policy, { host, port, msMax: CONNECT_MS_MAX, isConfigured: true }),
  });
}
