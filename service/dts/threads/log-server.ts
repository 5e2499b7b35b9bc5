import { type Line, openLine, type Port } from "../../core/threads/line.ts";
import type { KafkaBackend } from "../../kafka/backend.ts";
import type { LogStore } from "../../log/log.ts";
import { type ReadersParts, serveReader } from "./change-readers.ts";
import { LogBackend } from "./log-backend.ts";
import { LogTopics } from "./log-topics.ts";
import type {
  ListeningPlace,
  LogStanding,
  LogThreadCalls,
  LogThreadNeeds,
  LogWriterCalls,
  ThreadNote,
} from "./messages.ts";

const RANGES_EVERY_MS = 100;

interface RunningListener extends ListeningPlace {
  /** Ends all connections of a group that there is no more. */
  forget(groupId: string): void;
  readonly hold: ReadersParts["hold"];
  close(): Promise<void>;
}

/** Writes a line of the service's log. */
export type Tell = (note: ThreadNote) => void;

interface LogServerParts {
  readonly openLogs: () => Promise<LogStore>;
  readonly startListener: (backend: KafkaBackend, tell: Tell) => Promise<RunningListener>;
}

interface Started {
  readonly topics: LogTopics;
  readonly backend: LogBackend;
  readonly listener: RunningListener;
}

/** Does what the main thread asks of the log thread, over `port`. */
export function serveLogs(port: Port, parts: LogServerParts): void {
  let started: Promise<Started> | undefined;
  let writer: Line<Record<never, never>> | undefined;
  const use = () => started ?? Promise.reject(new Error("the log thread was not started"));
  const topicsOf = async () => (await use()).topics;
  const forReaders = async (): Promise<ReadersParts> => {
    const { backend, listener } = await use();
    return {
      backend,
      hold: (groupId, client) => listener.hold(groupId, client),
      topicOf: (groupId) => main.ask("topicOf", { groupId }),
      shown: (groupId) => backend.toldSession(groupId),
    };
  };

  const main: Line<LogThreadNeeds> = openLine<LogThreadNeeds, LogThreadCalls>(port, {
    async start() {
      started ??= start(parts, main);
      const { listener } = await started;
      const { host, port, publicPort } = listener;
      return { host, port, publicPort };
    },
    serve: async (served) => (await topicsOf()).serve(served),
    remove: async ({ captureId }) => (await topicsOf()).remove(captureId),
    seek: async ({ captureId, seconds }) => (await topicsOf()).seek(captureId, seconds),
    read: async (wish) => (await topicsOf()).read(wish),
    async forgetGroup({ groupId, gone }) {
      const { backend, listener } = await use();
      backend.forget(groupId);
      if (gone) listener.forget(groupId);
    },
    connect({ port: end }) {
      writer?.close("another capture thread has taken over");
      writer = openWriter(end, topicsOf);
    },
    reader: ({ port: end }) => serveReader(end, forReaders),
    async stop() {
      const { topics, backend, listener } = await use();
      writer?.close("the log thread stops");
      await listener.close();
      backend.close();
      await topics.close();
    },
  });
}

async function start(
  { openLogs, startListener }: LogServerParts,
  main: Line<LogThreadNeeds>,
): Promise<Started> {
  const changed = new Set<string>();
  const tellRanges = () => {
    const ranges: Record<string, LogStanding> = {};
    for (const captureId of changed) {
      const standing = topics.standingOf(captureId);
      if (standing) ranges[captureId] = standing;
    }
    changed.clear();
    main.tell("ranges", ranges);
  };
  const store = await openLogs();
  const topics = await LogTopics.open(store, (captureId) => {
    if (changed.size === 0) setTimeout(tellRanges, RANGES_EVERY_MS);
    changed.add(captureId);
  });
  const backend = new LogBackend(topics, main);
  try {
    const listener = await startListener(backend, (note) => main.tell("note", note));
    return { topics, backend, listener };
  } catch (error) {
    await topics.close();
    throw error;
  }
}

function openWriter(port: Port, topicsOf: () => Promise<LogTopics>): Line<Record<never, never>> {
  /** Of each capture, so that a log is opened again only when all that was sent before has been dealt with. */
  const appends = new Map<string, Set<Promise<void>>>();
  return openLine<Record<never, never>, LogWriterCalls>(port, {
    async open(wish) {
      await Promise.allSettled(appends.get(wish.captureId) ?? []);
      return (await topicsOf()).openToWrite(wish);
    },
    async append({ captureId, entries }) {
      const append = topicsOf().then((topics) => topics.written(captureId).append(entries));
      // At once: an opening that follows on its heels waits for it.
      const pending = appends.get(captureId) ?? new Set();
      appends.set(captureId, pending.add(append));
      await append.finally(() => pending.delete(append));
    },
  });
}
