import { LineError } from "../../core/threads/line.ts";
import type { KafkaTopic } from "../../kafka/backend.ts";
import type { Log, LogStore } from "../../log/log.ts";
import type {
  LogPage,
  LogStanding,
  LogThreadCalls,
  LogWriterCalls,
  OpenedLog,
  SeekedPlace,
} from "./messages.ts";

/** Change tracking searches by seconds where Kafka has milliseconds; whatever is smaller than this are seconds. */
const SECONDS_MAX = 1e11;

/** The logs of all captures, and under which topics clients read them. */
export class LogTopics {
  readonly #store: LogStore;
  readonly #kept: Set<string>;
  readonly #logs = new Map<string, Log>();
  /** By topic. A topic may be given before its log is begun. */
  readonly #served = new Map<string, string>();
  readonly #topics = new Map<string, KafkaTopic>();
  readonly #changed: (captureId: string) => void;

  private constructor(store: LogStore, kept: Set<string>, changed: (captureId: string) => void) {
    this.#store = store;
    this.#kept = kept;
    this.#changed = changed;
  }

  /** `changed` is called whenever a log has more to read. */
  static async open(store: LogStore, changed: (captureId: string) => void): Promise<LogTopics> {
    return new LogTopics(store, new Set(await store.list()), changed);
  }

  topic(name: string): KafkaTopic | undefined {
    return this.#topics.get(name);
  }

  standingOf(captureId: string): LogStanding | undefined {
    const log = this.#logs.get(captureId);
    return log && standingOf(log);
  }

  async serve({
    captureId,
    topic,
    firstOffset,
  }: Parameters<LogThreadCalls["serve"]>[0]): Promise<LogStanding | undefined> {
    this.#unserve(captureId);
    // Of an earlier capture of the same job, whose log is about to go.
    this.#topics.delete(topic);
    this.#served.set(topic, captureId);
    if (!this.#kept.has(captureId)) return undefined;
    return standingOf(await this.#log(captureId, firstOffset));
  }

  async remove(captureId: string): Promise<void> {
    this.#unserve(captureId);
    this.#logs.delete(captureId);
    await this.#store.remove(captureId);
    this.#kept.delete(captureId);
  }

  /** For the writer: without what was never ended. */
  async openToWrite({
    captureId,
    mayBegin,
    firstOffset,
  }: Parameters<LogWriterCalls["open"]>[0]): Promise<OpenedLog> {
    if (!mayBegin && !this.#kept.has(captureId)) throw logLost();
    const log = await this.#log(captureId, firstOffset);
    await log.discardIncomplete();
    const { nextOffset, lastSeconds = 0 } = log.range();
    const position = log.position();
    // What has begun has a position: a folder without it was emptied, and to begin there again would leave a gap.
    if (!mayBegin && position.length === 0) throw logLost();
    return { position, nextOffset, lastSeconds };
  }

  written(captureId: string): Log {
    const log = this.#logs.get(captureId);
    if (!log) throw new LineError("CLOSED", `the log of ${captureId} is not open`);
    return log;
  }

  async seek(captureId: string, seconds: number): Promise<SeekedPlace> {
    const log = await this.#log(captureId);
    const { endOffset, lastSeconds = seconds } = log.range();
    return (await log.findTime(seconds)) ?? { offset: endOffset, seconds: lastSeconds };
  }

  /** Nothing where there is no such log. */
  async read({ captureId, fromOffset, bytesMax }: Parameters<LogThreadCalls["read"]>[0]): Promise<LogPage> {
    if (!this.#kept.has(captureId)) return { fromOffset: 0, nextOffset: 0, payloads: [] };
    const log = await this.#log(captureId);
    const { startOffset, endOffset } = log.range();
    const from = Math.min(Math.max(fromOffset ?? endOffset, startOffset), endOffset);
    if (from === endOffset) return { fromOffset: from, nextOffset: from, payloads: [] };
    const { payloads, nextOffset } = await log.read(from, bytesMax);
    return { fromOffset: from, nextOffset, payloads };
  }

  /** Of a record, which need not be read for that: it may be large. Undefined where it is not kept. */
  async secondsAt(topic: string, offset: number): Promise<number | undefined> {
    const log = this.#logs.get(this.#served.get(topic) ?? "");
    const range = log?.range();
    if (!log || !range || offset < range.startOffset || offset >= range.endOffset) return undefined;
    return log.read(offset, 0, true).then(
      ({ larger }) => larger?.lastSeconds,
      () => undefined,
    );
  }

  async close(): Promise<void> {
    this.#topics.clear();
    await this.#store.close();
  }

  /** Clients no longer see what was served of the capture. */
  #unserve(captureId: string): void {
    for (const [topic, id] of this.#served) {
      if (id !== captureId) continue;
      this.#served.delete(topic);
      this.#topics.delete(topic);
    }
  }

  async #log(captureId: string, firstOffset = 0): Promise<Log> {
    const known = this.#logs.get(captureId);
    if (known) {
      this.#attach(captureId, known);
      return known;
    }
    const log = await this.#store.open(captureId, firstOffset);
    this.#kept.add(captureId);
    if (!this.#logs.has(captureId)) {
      this.#logs.set(captureId, log);
      log.onReadable(() => this.#changed(captureId));
    }
    this.#attach(captureId, log);
    this.#changed(captureId);
    return log;
  }

  #attach(captureId: string, log: Log): void {
    for (const [topic, id] of this.#served) {
      if (id === captureId && !this.#topics.has(topic)) this.#topics.set(topic, topicOf(topic, log));
    }
  }
}

/** The position in memory of its own: a view would take all that it looks into along to another thread. */
function standingOf(log: Log): LogStanding {
  return { ...log.range(), position: new Uint8Array(log.position()) };
}

function logLost(): LineError {
  return new LineError(
    "LOG_LOST",
    "The log of this task is not there: it is not part of a snapshot, or its files are gone. StartDtsJob begins a new one with what changes from now on; ResetDtsJob takes the configuration away too.",
  );
}

function topicOf(name: string, log: Log): KafkaTopic {
  return {
    name,
    get startOffset() {
      return log.range().startOffset;
    },
    get endOffset() {
      return log.range().endOffset;
    },
    async read(fromOffset, bytesMax) {
      const { payloads, larger } = await log.read(fromOffset, bytesMax, true);
      return { batches: payloads, largerBytes: larger?.bytes };
    },
    find: (timestamp) => find(log, timestamp),
    onReadable: (listener) => log.onReadable(listener),
  };
}

/** Whoever asks in seconds is answered in seconds. */
async function find(log: Log, timestamp: number) {
  const isSeconds = timestamp < SECONDS_MAX;
  const place = await log.findTime(isSeconds ? timestamp : Math.ceil(timestamp / 1000));
  return place && { offset: place.offset, timestamp: isSeconds ? place.seconds : place.seconds * 1000 };
}
