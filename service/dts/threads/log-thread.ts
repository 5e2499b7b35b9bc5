import { parentPort, workerData } from "node:worker_threads";
import type { KafkaBackend } from "../../kafka/backend.ts";
import { startKafkaListener } from "../../kafka/listener.ts";
import { openFileLogs } from "../../log/file-logs.ts";
import type { LogStore } from "../../log/log.ts";
import { openMemoryLogs } from "../../log/memory-logs.ts";
import { serveLogs, type Tell } from "./log-server.ts";
import type { LogThreadData } from "./messages.ts";

/** A worker: keeps the logs, and lets Kafka clients read them. */

const data = workerData as LogThreadData;

async function openLogs(): Promise<LogStore> {
  const { folder, retention } = data;
  return folder === undefined ? openMemoryLogs({ retention }) : openFileLogs(folder, { retention });
}

function startListener(backend: KafkaBackend, tell: Tell) {
  return startKafkaListener({
    ...data.listener,
    backend,
    clusterId: data.clusterId,
    log: (level, event, fields) => tell({ level, event, fields: { ...fields } }),
  });
}

if (parentPort) serveLogs(parentPort, { openLogs, startListener });
