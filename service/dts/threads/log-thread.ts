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

async function startListener(backend: KafkaBackend, tell: Tell) {
  const { host, port, advertised, public: second } = data.listener;
  const listener = await startKafkaListener({
    backend,
    host,
    clusterId: data.clusterId,
    ...portOf({ port, advertised }),
    public: second && portOf(second),
    log: (level, event, fields) => tell({ level, event, fields: { ...fields } }),
  });
  return {
    host: listener.host,
    port: listener.port,
    publicPort: listener.publicPort,
    disconnect: (groupId: string) => listener.forget(groupId),
    close: () => listener.close(),
  };
}

function portOf({ port, advertised }: Pick<LogThreadData["listener"], "port" | "advertised">) {
  return { port, ...(advertised && { advertised }) };
}

if (parentPort) serveLogs(parentPort, { openLogs, startListener });
