import { type Log, LogError, type LogRead } from "../../log/log.ts";
import { MessagingError, type NewMessage } from "../../rocketmq-grpc/backend.ts";
import { decodeMessage, encodeMessage, type KeptMessage } from "./message-record.ts";

export interface PlacedMessage extends KeptMessage {
  readonly offset: number;
}

const NOTHING = new Uint8Array(0);

/** The messages of one topic: a log with an entry for each. */
export class TopicLog {
  readonly name: string;
  readonly #log: Log;
  /** Of the next message that is appended; ahead of the log while writes are under way. */
  #nextOffset: number;
  #lastSeconds: number;
  /** Counts failures: what waited behind a failed append has failed with it. */
  #failures = 0;
  #recovering: Promise<void> | undefined;
  #appended = 0;

  constructor(name: string, log: Log) {
    this.name = name;
    this.#log = log;
    const { nextOffset, lastSeconds = 0 } = log.range();
    this.#nextOffset = nextOffset;
    this.#lastSeconds = lastSeconds;
  }

  /** Messages appended since it was opened. */
  get appended(): number {
    return this.#appended;
  }

  /** First that is still kept. */
  get startOffset(): number {
    return this.#log.range().startOffset;
  }

  /** Behind the last that is durable. */
  get endOffset(): number {
    return this.#log.range().endOffset;
  }

  /** Offset of the first, once all are durable. Rejects with a MessagingError; then none is kept. */
  async append(messages: readonly NewMessage[], nowMs: number): Promise<number> {
    await this.#recovering;
    // First of all: what cannot be kept fails alone.
    const payloads = messages.map((message) => encodeMessage({ message, storedAtMs: nowMs }));
    const failures = this.#failures;
    const baseOffset = this.#nextOffset;
    // Entries of a log never go back in time, which a clock may.
    const seconds = Math.max(this.#lastSeconds, Math.floor(nowMs / 1000));
    this.#nextOffset += messages.length;
    this.#lastSeconds = seconds;
    try {
      await this.#log.append(
        payloads.map((payload, at) => ({
          baseOffset: baseOffset + at,
          recordCount: 1,
          firstSeconds: seconds,
          lastSeconds: seconds,
          position: NOTHING,
          complete: true,
          payload,
        })),
      );
    } catch (error) {
      if (failures === this.#failures) this.#goBack(error);
      throw asMessagingError(this.name, error);
    }
    this.#appended += messages.length;
    return baseOffset;
  }

  /** From this offset on, or from the first that is still kept; none at the end. Each is decoded when it is taken. */
  async read(
    fromOffset: number,
    bytesMax: number,
  ): Promise<{ messages: Iterable<PlacedMessage>; nextOffset: number }> {
    const from = Math.max(fromOffset, this.startOffset);
    if (from >= this.endOffset) return { messages: [], nextOffset: from };
    const read = await this.#log.read(from, bytesMax).catch((error: unknown) => {
      throw asMessagingError(this.name, error);
    });
    return { messages: placed(read, from), nextOffset: read.nextOffset };
  }

  /** Undefined where it is not kept any more. */
  async at(offset: number): Promise<PlacedMessage | undefined> {
    if (offset < this.startOffset || offset >= this.endOffset) return undefined;
    const [found] = (await this.read(offset, 1)).messages;
    return found?.offset === offset ? found : undefined;
  }

  /** The first that was stored at or behind this time; the end where all are older. */
  async offsetOf(ms: number): Promise<number> {
    const place = await this.#log.findTime(Math.ceil(ms / 1000));
    return place?.offset ?? this.endOffset;
  }

  onReadable(listener: () => void): () => void {
    return this.#log.onReadable(listener);
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  #goBack(error: unknown): void {
    this.#failures += 1;
    const { nextOffset, lastSeconds = 0 } = this.#log.range();
    this.#nextOffset = nextOffset;
    this.#lastSeconds = lastSeconds;
    if (!(error instanceof LogError) || error.code !== "IO") return;
    // The next append waits for it; where the disk does not work yet, that one says so.
    this.#recovering ??= this.#log
      .discardIncomplete()
      .catch(() => undefined)
      .finally(() => {
        this.#recovering = undefined;
      });
  }
}

function* placed({ payloads, baseOffset }: LogRead, from: number): Generator<PlacedMessage> {
  for (const [at, payload] of payloads.entries()) {
    if (baseOffset + at >= from) yield { offset: baseOffset + at, ...decodeMessage(payload) };
  }
}

function asMessagingError(topic: string, error: unknown): unknown {
  if (!(error instanceof LogError)) return error;
  const code = error.code === "DISK_FULL" ? "DISK_FULL" : "CLOSED";
  return new MessagingError(code, `topic ${topic}: ${error.message}`, { cause: error });
}
