import { crc32 } from "node:zlib";
import type { FrameHead } from "./frame.ts";

/** About one entry of the index for so many bytes of the segment. */
const INTERVAL_BYTES = 64 * 1024;
/** "LOGI", and the version behind it. */
const MAGIC = 0x49474f4c;
const VERSION = 1;
const HEAD_BYTES = 24;
const SUMMARY_NUMBERS = 10;
/** Of the part of the file that is read when a log is opened. */
export const SUMMARY_BYTES = HEAD_BYTES + SUMMARY_NUMBERS * 8;
const COLUMNS = 3;

/** What has to be known of a segment without looking into it. Offsets and places are -1 where there is none. */
export interface SegmentSummary {
  readonly baseOffset: number;
  readonly bytes: number;
  readonly nextOffset: number;
  /** Of the last record; `-Infinity` while the segment is empty. */
  readonly lastSeconds: number;
  /** By this machine's clock, when the first and the last entry were appended. */
  readonly firstAppendedSeconds: number;
  readonly lastAppendedSeconds: number;
  /** First entry that a reader may start at, and its time. */
  readonly startOffset: number;
  readonly startSeconds: number;
  /** Place in the file of the last complete entry. */
  readonly completeAt: number;
  /** Whether the last entry is complete, as 0 or 1. */
  readonly endsComplete: number;
}

const ORDER = [
  "baseOffset",
  "bytes",
  "nextOffset",
  "lastSeconds",
  "firstAppendedSeconds",
  "lastAppendedSeconds",
  "startOffset",
  "startSeconds",
  "completeAt",
  "endsComplete",
] as const satisfies readonly (keyof SegmentSummary)[];

export function emptySummary(baseOffset: number): SegmentSummary {
  return {
    baseOffset,
    bytes: 0,
    nextOffset: baseOffset,
    lastSeconds: -Infinity,
    firstAppendedSeconds: 0,
    lastAppendedSeconds: 0,
    startOffset: -1,
    startSeconds: 0,
    completeAt: -1,
    endsComplete: 1,
  };
}

/** The summary with one more frame at its end. */
export function summaryWith(before: SegmentSummary, head: FrameHead): SegmentSummary {
  const isStart = before.startOffset < 0 && head.starts;
  return {
    baseOffset: before.baseOffset,
    bytes: before.bytes + head.bytes,
    nextOffset: head.nextOffset,
    lastSeconds: head.lastSeconds,
    firstAppendedSeconds: before.bytes === 0 ? head.appendedSeconds : before.firstAppendedSeconds,
    lastAppendedSeconds: head.appendedSeconds,
    startOffset: isStart ? head.baseOffset : before.startOffset,
    startSeconds: isStart ? head.firstSeconds : before.startSeconds,
    completeAt: head.complete ? before.bytes : before.completeAt,
    endsComplete: head.complete ? 1 : 0,
  };
}

/** Sparse: base offset, last second and place of some frames of a segment, in their order. */
export class SegmentIndex {
  #rows: Float64Array;
  #length: number;

  constructor(rows = new Float64Array(64 * COLUMNS), length = 0) {
    this.#rows = rows;
    this.#length = length;
  }

  /** Keeps the frame when it is far enough from the one kept last. */
  add(baseOffset: number, lastSeconds: number, at: number): void {
    if (this.#length > 0 && at - (this.#rows[this.#length - 1] as number) < INTERVAL_BYTES) return;
    if (this.#length === this.#rows.length) {
      const larger = new Float64Array(2 * this.#rows.length);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows.set([baseOffset, lastSeconds, at], this.#length);
    this.#length += COLUMNS;
  }

  /** Place of a frame from which on the one that holds this offset is found. */
  placeOfOffset(offset: number): number {
    return this.#placeBefore((row) => (this.#rows[row] as number) <= offset);
  }

  /** Place of a frame from which on the first one is found whose last second is not before this one. */
  placeOfSeconds(seconds: number): number {
    return this.#placeBefore((row) => (this.#rows[row + 1] as number) < seconds);
  }

  /** Place of the last row for which this holds; it holds for the first rows and for no later one. */
  #placeBefore(holds: (row: number) => boolean): number {
    let low = 0;
    let high = this.#length / COLUMNS;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle * COLUMNS)) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : (this.#rows[low * COLUMNS - 1] as number);
  }

  /** The file beside a sealed segment: head with two checksums, summary, rows. */
  encode(summary: SegmentSummary): Uint8Array {
    const bytes = Buffer.alloc(SUMMARY_BYTES + this.#length * 8);
    for (const [at, name] of ORDER.entries()) bytes.writeDoubleLE(summary[name], HEAD_BYTES + at * 8);
    for (let at = 0; at < this.#length; at += 1) {
      bytes.writeDoubleLE(this.#rows[at] as number, SUMMARY_BYTES + at * 8);
    }
    bytes.writeUInt32LE(MAGIC, 0);
    bytes.writeUInt32LE(VERSION, 8);
    bytes.writeUInt32LE(this.#length, 12);
    bytes.writeUInt32LE(crc32(bytes.subarray(SUMMARY_BYTES)), 16);
    bytes.writeUInt32LE(crc32(bytes.subarray(8, SUMMARY_BYTES)), 4);
    return bytes;
  }
}

/** Undefined when the bytes are not the beginning of an index, or damaged. */
export function decodeSummary(bytes: Buffer): SegmentSummary | undefined {
  if (bytes.length < SUMMARY_BYTES || bytes.readUInt32LE(0) !== MAGIC) return undefined;
  if (bytes.readUInt32LE(8) !== VERSION) return undefined;
  if (bytes.readUInt32LE(4) !== crc32(bytes.subarray(8, SUMMARY_BYTES))) return undefined;
  const numbers = ORDER.map((name, at) => [name, bytes.readDoubleLE(HEAD_BYTES + at * 8)]);
  return Object.fromEntries(numbers) as unknown as SegmentSummary;
}

/** Undefined when the bytes are not a whole index, or damaged. */
export function decodeIndex(bytes: Buffer): SegmentIndex | undefined {
  if (!decodeSummary(bytes)) return undefined;
  const length = bytes.readUInt32LE(12);
  if (bytes.length !== SUMMARY_BYTES + length * 8 || length % COLUMNS !== 0) return undefined;
  if (bytes.readUInt32LE(16) !== crc32(bytes.subarray(SUMMARY_BYTES))) return undefined;
  const rows = new Float64Array(Math.max(length, COLUMNS));
  for (let at = 0; at < length; at += 1) rows[at] = bytes.readDoubleLE(SUMMARY_BYTES + at * 8);
  return new SegmentIndex(rows, length);
}
