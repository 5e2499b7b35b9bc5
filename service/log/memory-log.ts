import { checkOffset, EMPTY_END, endAfter, type LogEnd, largerEntry } from "./entries.ts";
import { Listeners } from "./listeners.ts";
import {
  type Log,
  type LogEntry,
  LogError,
  type LogPlace,
  type LogRange,
  type LogRead,
  type LogRetention,
} from "./log.ts";
import { closed } from "./log-errors.ts";

interface MemoryLogParts {
  readonly name: string;
  /** Of the first record, while there is none yet. */
  readonly firstOffset: number;
  readonly retention: LogRetention;
  readonly nowSeconds: () => number;
}

interface KeptEntry {
  readonly entry: LogEntry;
  readonly nextOffset: number;
  readonly appendedSeconds: number;
  /** True when the entry before it was complete. */
  readonly starts: boolean;
}

/** Of each entry, beside its payload and position. */
const ENTRY_BYTES = 64;
/** This part of what may be kept is given up at once when it is reached. */
const GIVEN_UP_PART = 16;

/** A log in memory. When its bound is reached, the oldest transactions are given up. */
export class MemoryLog implements Log {
  readonly #parts: MemoryLogParts;
  readonly #listeners = new Listeners();
  #kept: KeptEntry[] = [];
  #bytes = 0;
  /** Of what is not complete yet. */
  #openBytes = 0;
  #end: LogEnd;
  #endOffset: number;
  #completeSeconds = -Infinity;
  #position: Uint8Array = new Uint8Array(0);
  #closing: Promise<void> | undefined;

  constructor(parts: MemoryLogParts) {
    this.#parts = parts;
    this.#end = { ...EMPTY_END, nextOffset: parts.firstOffset };
    this.#endOffset = parts.firstOffset;
  }

  /** The same contents, open again; this one is not used any more. */
  reopened(): MemoryLog {
    const log = new MemoryLog(this.#parts);
    log.#kept = this.#kept;
    log.#bytes = this.#bytes;
    log.#openBytes = this.#openBytes;
    log.#end = this.#end;
    log.#endOffset = this.#endOffset;
    log.#completeSeconds = this.#completeSeconds;
    log.#position = this.#position;
    return log;
  }

  async append(entries: readonly LogEntry[]): Promise<void> {
    this.#checkOpen();
    const end = endAfter(this.#parts.name, this.#end, entries);
    const last = entries.findLast(({ complete }) => complete);
    this.#makeRoom(entries);
    const appendedSeconds = this.#parts.nowSeconds();
    let starts = this.#end.complete;
    for (const entry of entries) {
      this.#kept.push({ entry, nextOffset: entry.baseOffset + entry.recordCount, appendedSeconds, starts });
      this.#bytes += bytesOf(entry);
      this.#openBytes = entry.complete ? 0 : this.#openBytes + bytesOf(entry);
      starts = entry.complete;
    }
    this.#end = end;
    if (!last) return;
    this.#endOffset = last.baseOffset + last.recordCount;
    this.#completeSeconds = last.lastSeconds;
    this.#position = new Uint8Array(last.position);
    this.#listeners.tell();
  }

  async read(fromOffset: number, bytesMax: number, isBounded = false): Promise<LogRead> {
    this.#checkOpen();
    const { startOffset, endOffset } = this.range();
    checkOffset(this.#parts.name, fromOffset, startOffset, endOffset);
    if (fromOffset === endOffset) return { payloads: [], baseOffset: endOffset, nextOffset: endOffset };
    const payloads: Uint8Array[] = [];
    let at = this.#find((one) => one.nextOffset > fromOffset);
    const { baseOffset, payload, lastSeconds } = (this.#kept[at] as KeptEntry).entry;
    if (isBounded && payload.length > bytesMax) return largerEntry(baseOffset, payload.length, lastSeconds);
    let nextOffset = baseOffset;
    for (let bytes = 0; at < this.#kept.length; at += 1) {
      const one = this.#kept[at] as KeptEntry;
      bytes += one.entry.payload.length;
      if (one.nextOffset > endOffset || (payloads.length > 0 && bytes > bytesMax)) break;
      payloads.push(one.entry.payload);
      nextOffset = one.nextOffset;
    }
    return { payloads, baseOffset, nextOffset };
  }

  async findTime(seconds: number): Promise<LogPlace | undefined> {
    this.#checkOpen();
    const found = this.#kept[this.#find(({ entry }) => entry.lastSeconds >= seconds)];
    if (!found || found.nextOffset > this.#endOffset) return undefined;
    const { baseOffset, firstSeconds, lastSeconds } = found.entry;
    return { offset: baseOffset, seconds: firstSeconds >= seconds ? firstSeconds : lastSeconds };
  }

  range(): LogRange {
    const first = this.#kept[0]?.entry;
    const startOffset = first ? Math.min(first.baseOffset, this.#endOffset) : this.#endOffset;
    const times =
      first && startOffset < this.#endOffset
        ? { firstSeconds: first.firstSeconds, lastSeconds: this.#completeSeconds }
        : {};
    const { nextOffset } = this.#end;
    return { startOffset, endOffset: this.#endOffset, nextOffset, ...times, bytes: this.#bytes };
  }

  position(): Uint8Array {
    return this.#position;
  }

  async discardIncomplete(): Promise<void> {
    this.#checkOpen();
    if (this.#end.complete) return;
    const count = this.#find((one) => one.nextOffset > this.#endOffset);
    for (const { entry } of this.#kept.splice(count)) this.#bytes -= bytesOf(entry);
    this.#openBytes = 0;
    this.#end = { nextOffset: this.#endOffset, lastSeconds: this.#completeSeconds, complete: true };
  }

  async trim(beforeOffset: number): Promise<void> {
    this.#checkOpen();
    this.#giveUp((group) => (group.at(-1) as KeptEntry).nextOffset <= beforeOffset);
  }

  async giveUpOld(): Promise<void> {
    this.#giveUpBeyond(0);
  }

  onReadable(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  get closing(): Promise<void> | undefined {
    return this.#closing;
  }

  async close(): Promise<void> {
    this.#closing ??= Promise.resolve();
    this.#listeners.clear();
  }

  /** Throws LogError DISK_FULL when the entries do not fit though all that may be given up is. */
  #makeRoom(entries: readonly LogEntry[]): void {
    const { name, retention } = this.#parts;
    const bytes = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
    if (this.#openBytes + bytes > retention.bytesMax) {
      throw new LogError(
        "DISK_FULL",
        `log ${name}: in memory at most ${retention.bytesMax} bytes are kept, and what is not complete yet is larger; keep the log in a folder`,
      );
    }
    this.#giveUpBeyond(bytes);
  }

  /** What is beyond the bounds once so many bytes more are here. */
  #giveUpBeyond(bytes: number): void {
    const { bytesMax, ageSecondsMax } = this.#parts.retention;
    const oldest = this.#parts.nowSeconds() - ageSecondsMax;
    const isFull = this.#bytes + bytes > bytesMax;
    if (!isFull && (this.#kept[0]?.appendedSeconds ?? Infinity) >= oldest) return;
    // Some more than needed, so that this is not done for each entry.
    const target = isFull ? bytesMax - Math.floor(bytesMax / GIVEN_UP_PART) - bytes : Infinity;
    this.#giveUp((group) => this.#bytes > target || (group.at(-1) as KeptEntry).appendedSeconds < oldest);
  }

  /** The oldest whole transactions for which this holds. */
  #giveUp(isDue: (group: readonly KeptEntry[]) => boolean): void {
    let count = 0;
    for (;;) {
      let next = count + 1;
      while (next < this.#kept.length && !this.#kept[next]?.starts) next += 1;
      const group = this.#kept.slice(count, next);
      const last = group.at(-1);
      if (!last?.entry.complete || !isDue(group)) break;
      for (const { entry } of group) this.#bytes -= bytesOf(entry);
      count = next;
    }
    if (count > 0) this.#kept = this.#kept.slice(count);
  }

  #find(isBehind: (one: KeptEntry) => boolean): number {
    let low = 0;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBehind(this.#kept[middle] as KeptEntry)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #checkOpen(): void {
    if (this.#closing) throw closed(this.#parts.name);
  }
}

function bytesOf(entry: LogEntry): number {
  return ENTRY_BYTES + entry.position.length + entry.payload.length;
}
