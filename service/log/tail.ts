import { largerEntry } from "./entries.ts";
import type { LogEntry, LogRead } from "./log.ts";

interface TailEntry {
  readonly baseOffset: number;
  readonly nextOffset: number;
  readonly lastSeconds: number;
  readonly payload: Uint8Array;
}

/** The entries appended last, as far as they fit, so that who follows closely reads from memory. */
export class Tail {
  readonly #bytesMax: number;
  #entries: TailEntry[] = [];
  /** Entries before this one were given up; they leave the array now and then. */
  #first = 0;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  append(entries: readonly LogEntry[]): void {
    for (const { baseOffset, recordCount, lastSeconds, payload } of entries) {
      this.#entries.push({ baseOffset, nextOffset: baseOffset + recordCount, lastSeconds, payload });
      this.#bytes += payload.length;
    }
    while (this.#bytes > this.#bytesMax) {
      this.#bytes -= (this.#entries[this.#first] as TailEntry).payload.length;
      this.#first += 1;
    }
    if (this.#first < 64 || 2 * this.#first < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }

  /** Forgets what lies at or behind this offset. */
  cut(endOffset: number): void {
    const kept = this.#entries.slice(this.#first).filter((entry) => entry.nextOffset <= endOffset);
    this.#entries = kept;
    this.#first = 0;
    this.#bytes = kept.reduce((sum, { payload }) => sum + payload.length, 0);
  }

  /** As `Log.read`; undefined when the entry that holds `fromOffset` is not here any more. */
  read(fromOffset: number, bytesMax: number, endOffset: number, isBounded = false): LogRead | undefined {
    let at = this.#find(fromOffset);
    if (at === undefined) return undefined;
    const first = this.#entries[at] as TailEntry;
    const { baseOffset } = first;
    if (isBounded && first.payload.length > bytesMax)
      return largerEntry(baseOffset, first.payload.length, first.lastSeconds);
    const payloads: Uint8Array[] = [];
    let nextOffset = baseOffset;
    for (let bytes = 0; at < this.#entries.length; at += 1) {
      const entry = this.#entries[at] as TailEntry;
      bytes += entry.payload.length;
      if (entry.nextOffset > endOffset || (payloads.length > 0 && bytes > bytesMax)) break;
      payloads.push(entry.payload);
      nextOffset = entry.nextOffset;
    }
    return { payloads, baseOffset, nextOffset };
  }

  #find(offset: number): number | undefined {
    let low = this.#first;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle] as TailEntry).nextOffset <= offset) low = middle + 1;
      else high = middle;
    }
    const found = this.#entries[low];
    return found && found.baseOffset <= offset ? low : undefined;
  }
}
