import type {
  CommittedOffset,
  GroupSession,
  KafkaBackend,
  KafkaPrincipal,
  KafkaTopic,
} from "../../../service/kafka/backend.ts";
import { RecordBatch } from "../../../service/kafka/record-batch.ts";

interface Batch {
  readonly base: number;
  readonly next: number;
  readonly seconds: number;
  readonly bytes: Uint8Array;
}

const SECONDS_MAX = 1e11;

/** One topic in memory. */
export class MemoryTopic implements KafkaTopic {
  readonly name: string;
  startOffset = 0;
  endOffset = 0;
  readonly #batches: Batch[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(name: string) {
    this.name = name;
  }

  /** As one batch. Returns the offset of the first. */
  append(values: readonly (string | Uint8Array)[], seconds = 1_700_000_000): number {
    const batch = new RecordBatch();
    for (const value of values) batch.add(typeof value === "string" ? Buffer.from(value) : value);
    const base = this.endOffset;
    this.endOffset += values.length;
    this.#batches.push({ base, next: this.endOffset, seconds, bytes: batch.seal(base, seconds * 1000) });
    for (const listener of this.#listeners) listener();
    return base;
  }

  /** Gives up what is before; only whole batches go. */
  trim(beforeOffset: number): void {
    while (this.#batches[0] && this.#batches[0].next <= beforeOffset) this.#batches.shift();
    this.startOffset = this.#batches[0]?.base ?? this.endOffset;
  }

  async read(fromOffset: number, bytesMax: number) {
    if (fromOffset < this.startOffset || fromOffset > this.endOffset) throw new Error("out of range");
    let low = 0;
    for (let high = this.#batches.length; low < high; ) {
      const middle = (low + high) >>> 1;
      if ((this.#batches[middle] as Batch).next <= fromOffset) low = middle + 1;
      else high = middle;
    }
    const batches: Uint8Array[] = [];
    let bytes = 0;
    const first = this.#batches[low]?.bytes.length ?? 0;
    if (first > bytesMax) return { batches, largerBytes: first };
    for (let one = this.#batches[low]; one; one = this.#batches[++low]) {
      if (batches.length > 0 && bytes + one.bytes.length > bytesMax) break;
      bytes += one.bytes.length;
      batches.push(one.bytes);
    }
    return { batches };
  }

  async find(timestamp: number) {
    const isSeconds = timestamp < SECONDS_MAX;
    const wanted = isSeconds ? timestamp : timestamp / 1000;
    const found = this.#batches.find(({ seconds }) => seconds >= wanted);
    return found && { offset: found.base, timestamp: isSeconds ? found.seconds : found.seconds * 1000 };
  }

  onReadable(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** Users, topics and positions in memory. */
export class MemoryBackend implements KafkaBackend {
  readonly users = new Map<string, { password: string; groupId: string; topic: string }>();
  readonly topics = new Map<string, MemoryTopic>();
  readonly positions = new Map<string, CommittedOffset>();
  readonly observed: { groupId: string; session: GroupSession }[] = [];
  /** Set to let commits fail. */
  commitError: Error | undefined;

  async authenticate(user: string, password: string): Promise<KafkaPrincipal | undefined> {
    const found = this.users.get(user);
    return found?.password === password ? { user, groupId: found.groupId, topic: found.topic } : undefined;
  }

  topic(name: string) {
    return this.topics.get(name);
  }

  async committed(groupId: string, topic: string) {
    return this.positions.get(`${groupId} ${topic}`);
  }

  async commit(groupId: string, topic: string, committed: CommittedOffset) {
    if (this.commitError) throw this.commitError;
    this.positions.set(`${groupId} ${topic}`, committed);
  }

  observe(groupId: string, session: GroupSession): void {
    this.observed.push({ groupId, session });
  }
}

/** A backend with one topic and one group: user `reader-g1`, password `Secret-123`, group `g1`, topic `changes`. */
export function oneGroup(): { backend: MemoryBackend; topic: MemoryTopic } {
  const backend = new MemoryBackend();
  const topic = new MemoryTopic("changes");
  backend.topics.set(topic.name, topic);
  backend.users.set("reader-g1", { password: "Secret-123", groupId: "g1", topic: "changes" });
  backend.users.set("reader-g2", { password: "Secret-456", groupId: "g2", topic: "changes" });
  return { backend, topic };
}
