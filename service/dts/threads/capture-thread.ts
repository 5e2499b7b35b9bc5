import { parentPort, workerData } from "node:worker_threads";
import { dial } from "../../core/outbound/dial.ts";
import { type Capture, CaptureError, type CaptureJob } from "../capture/capture.ts";
import { postgresCapture } from "../capture/postgres/postgres-capture.ts";
import { serveCaptures } from "./capture-server.ts";
import type { CaptureOrder, CaptureThreadData } from "./messages.ts";

/** A worker: reads the sources of all jobs. */

const CONNECT_MS_MAX = 10_000;

const policy = workerData as CaptureThreadData;

async function captureOf(job: CaptureJob, { isConfigured }: CaptureOrder): Promise<Capture> {
  const { family, host, port } = job;
  const connect = () => dial(policy, { host, port, msMax: CONNECT_MS_MAX, isConfigured });
  if (family === "postgres") return postgresCapture(job, { connect, now: Date.now });
  throw new CaptureError("REFUSED", `Sources of the family ${family} are not captured here.`);
}

if (parentPort) serveCaptures(parentPort, { captureOf });
