import { parentPort, workerData } from "node:worker_threads";
import { sayConsoleTexts } from "../../core/kit/console-texts.ts";
import { dial } from "../../core/outbound/dial.ts";
import type { Capture, CaptureJob } from "../capture/capture.ts";
import { mysqlCapture } from "../capture/mysql/mysql-capture.ts";
import { postgresCapture } from "../capture/postgres/postgres-capture.ts";
import { serveCaptures } from "./capture-server.ts";
import type { CaptureOrder, CaptureThreadData } from "./messages.ts";

/** A worker: reads the sources of all jobs. */

const CONNECT_MS_MAX = 10_000;

const policy = workerData as CaptureThreadData;

async function captureOf(job: CaptureJob, { isConfigured }: CaptureOrder): Promise<Capture> {
  const { family, host, port } = job;
  const connect = () => dial(policy, { host, port, msMax: CONNECT_MS_MAX, isConfigured });
  const dependencies = { connect, tls: policy.sourceTls, now: Date.now };
  return family === "postgres" ? postgresCapture(job, dependencies) : mysqlCapture(job, dependencies);
}

if (parentPort) {
  const tell = serveCaptures(parentPort, { captureOf });
  // Of what a source sent that the driver did not expect; the capture's own error says what came of it.
  sayConsoleTexts((method, text) => tell({ level: "debug", event: "dts.driver", fields: { method, text } }));
}
