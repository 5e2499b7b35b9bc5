import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { systemClock } from "../../core/kit/clock.ts";
import { openFileLogs } from "../../log/file-logs.ts";
import { openMemoryLogs } from "../../log/memory-logs.ts";
import { startMessagingListener } from "../../rocketmq-grpc/listener.ts";
import { HeldStore } from "../broker/state/held-store.ts";
import { StateStore } from "../broker/state/state-store.ts";
import { serveMessages } from "./message-server.ts";
import type { MessageThreadData } from "./messages.ts";

/** A worker: keeps the messages of all instances, and lets their clients in. */

/** Kept in memory of each topic, so that who follows closely reads no file. */
const TAIL_BYTES = 2 * 1024 * 1024;
/** Open at once in the folder of the data folder: the logs of the topics, positions of groups, and what is held. */
const TOPICS = "topics";
const GROUPS = "groups.sqlite";
const HELD = "held.sqlite";

const { folder, retention, listener } = workerData as MessageThreadData;

async function openStorage() {
  const clock = systemClock();
  if (folder === undefined) {
    return { clock, logs: openMemoryLogs({ retention }), state: new StateStore(), held: new HeldStore() };
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const logs = await openFileLogs(join(folder, TOPICS), { retention, tailBytes: TAIL_BYTES });
  const state = new StateStore(join(folder, GROUPS));
  return { clock, logs, state, held: new HeldStore(join(folder, HELD)) };
}

if (parentPort) serveMessages(parentPort, { openStorage, listener, startListener: startMessagingListener });
