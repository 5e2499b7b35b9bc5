import type { FileHandle } from "node:fs/promises";
import { largerEntry } from "./entries.ts";
import { decodeFrameHead, FRAME_HEAD_BYTES, type FrameHead, isFrameWhole, payloadOf } from "./frame.ts";
import { FrameScanner } from "./frame-scanner.ts";
import type { LogPlace, LogRead } from "./log.ts";
import { damaged } from "./log-errors.ts";
import type { Segment } from "./segment.ts";
import { readAt } from "./segment-file.ts";

/** Segments whose index and file handle are kept between reads, beside the last one. */
const RECENT_MAX = 8;
/** Places where a reader went away and is expected again. */
const HINTS_MAX = 64;
/** The index leads to a place at most about so far before what is sought; and frames are a little more than payloads. */
const AHEAD_BYTES = 64 * 1024;
const SEARCH_WINDOW_BYTES = 16 * 1024;

/** What may be read at the moment when a read begins. */
interface ReadView {
  readonly segments: readonly Segment[];
  readonly startOffset: number;
  readonly endOffset: number;
}

interface Hint {
  readonly segment: Segment;
  readonly at: number;
}

/** Reads entries from the files of a log. */
export class SegmentReader {
  readonly #name: string;
  #recent: Segment[] = [];
  readonly #hints = new Map<number, Hint>();

  constructor(name: string) {
    this.#name = name;
  }

  /** Whole entries of one segment; `fromOffset` lies before the view's end. */
  async read(view: ReadView, fromOffset: number, bytesMax: number, isBounded: boolean): Promise<LogRead> {
    const segment = segmentOf(view.segments, fromOffset);
    this.touch(segment, view.segments);
    const hint = this.#hints.get(fromOffset);
    const isKnown = hint?.segment === segment;
    const at = isKnown ? hint.at : (await segment.index()).placeOfOffset(fromOffset);
    const want = bytesMax + AHEAD_BYTES;
    const wish = { fromOffset, bytesMax, isBounded, endOffset: view.endOffset };
    const { endAt, ...found } = await segment.file.use((file) =>
      new EntryCollector(this.#name, segment, file, wish).collect(at, want),
    );
    if (isKnown) this.#hints.delete(fromOffset);
    this.#remember(found.nextOffset, { segment, at: endAt });
    return found;
  }

  /** The first entry that may be read and whose last record is at or behind this time. */
  async findTime(view: ReadView, seconds: number): Promise<LogPlace | undefined> {
    for (const segment of view.segments) {
      if (segment.summary.lastSeconds < seconds) continue;
      this.touch(segment, view.segments);
      const at = (await segment.index()).placeOfSeconds(seconds);
      const found = await segment.file.use((file) => this.#search(file, segment, at, view, seconds));
      if (found) return found;
    }
    return undefined;
  }

  /** Places behind a cut are wrong from then on. */
  forgetPlaces(): void {
    this.#hints.clear();
  }

  async #search(
    file: FileHandle,
    segment: Segment,
    from: number,
    view: ReadView,
    seconds: number,
  ): Promise<LogPlace | undefined> {
    const { bytes } = segment.summary;
    const scanner = new FrameScanner(file, bytes, SEARCH_WINDOW_BYTES);
    for (let at = from; at < bytes; ) {
      const head = await scanner.head(at);
      if (!head) throw damaged(this.#name, segment.file.path, at);
      if (head.baseOffset >= view.endOffset) return undefined;
      if (head.baseOffset >= view.startOffset && head.lastSeconds >= seconds) {
        const isBehind = head.firstSeconds >= seconds;
        return { offset: head.baseOffset, seconds: isBehind ? head.firstSeconds : head.lastSeconds };
      }
      at += head.bytes;
    }
    return undefined;
  }

  /** The segment was used just now: what it keeps in memory may push out what another keeps. */
  touch(segment: Segment, segments: readonly Segment[]): void {
    if (this.#recent.at(-1) === segment) return;
    this.#recent = this.#recent.filter((one) => one !== segment);
    this.#recent.push(segment);
    if (this.#recent.length <= RECENT_MAX) return;
    const oldest = this.#recent.shift();
    // The last one is being written.
    if (oldest && oldest !== segments.at(-1)) void oldest.rest().catch(() => {});
  }

  #remember(offset: number, hint: Hint): void {
    if (this.#hints.size >= HINTS_MAX) {
      for (const oldest of this.#hints.keys()) {
        this.#hints.delete(oldest);
        break;
      }
    }
    this.#hints.set(offset, hint);
  }
}

function segmentOf(segments: readonly Segment[], offset: number): Segment {
  let low = 0;
  let high = segments.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((segments[middle] as Segment).baseOffset <= offset) low = middle;
    else high = middle;
  }
  return segments[low] as Segment;
}

interface Wish {
  readonly fromOffset: number;
  readonly bytesMax: number;
  readonly isBounded: boolean;
  /** Behind what may be read. */
  readonly endOffset: number;
}

/** One read of one segment: as a rule one large read of the file. */
class EntryCollector {
  readonly #name: string;
  readonly #segment: Segment;
  readonly #file: FileHandle;
  readonly #wish: Wish;
  readonly #fileBytes: number;
  readonly #payloads: Uint8Array[] = [];
  #payloadBytes = 0;
  #baseOffset = 0;
  #nextOffset = 0;
  #larger: FrameHead | undefined;
  #at = 0;

  constructor(name: string, segment: Segment, file: FileHandle, wish: Wish) {
    this.#name = name;
    this.#segment = segment;
    this.#file = file;
    this.#wish = wish;
    this.#fileBytes = segment.summary.bytes;
  }

  /** From this place of the file on, so many bytes at a time. */
  async collect(at: number, wantBytes: number): Promise<LogRead & { endAt: number }> {
    this.#at = at;
    // Each round moves on by a frame or more, or reads a larger piece because the frame did not fit.
    for (let want: number | undefined = wantBytes; want !== undefined; ) {
      const length = Math.min(want, this.#fileBytes - this.#at);
      const chunk = Buffer.allocUnsafeSlow(length);
      const filled = await readAt(this.#file, chunk, this.#at);
      const needed = this.#takeFrom(chunk.subarray(0, filled));
      if (needed !== undefined && (filled < length || this.#at + needed > this.#fileBytes)) {
        throw this.#damaged();
      }
      want = needed && Math.max(needed, wantBytes);
    }
    if (this.#larger) {
      const { baseOffset, payloadBytes, lastSeconds } = this.#larger;
      return { ...largerEntry(baseOffset, payloadBytes, lastSeconds), endAt: this.#at };
    }
    return {
      payloads: this.#payloads,
      baseOffset: this.#baseOffset,
      nextOffset: this.#nextOffset,
      endAt: this.#at,
    };
  }

  /** Returns how many bytes are needed from where it stopped; undefined when there is enough. */
  #takeFrom(chunk: Buffer): number | undefined {
    const chunkAt = this.#at;
    const { fromOffset, bytesMax, isBounded, endOffset } = this.#wish;
    for (;;) {
      const place = this.#at - chunkAt;
      const hasSome = this.#payloads.length > 0;
      if (place + FRAME_HEAD_BYTES > chunk.length) return hasSome ? undefined : FRAME_HEAD_BYTES;
      const head = decodeFrameHead(chunk, place);
      if (!head) throw this.#damaged();
      if (head.baseOffset >= endOffset) return undefined;
      if (head.nextOffset > fromOffset) {
        if (hasSome && this.#payloadBytes + head.payloadBytes > bytesMax) return undefined;
        if (isBounded && head.payloadBytes > bytesMax) {
          this.#larger = head;
          return undefined;
        }
        if (place + head.bytes > chunk.length) return hasSome ? undefined : head.bytes;
        if (!isFrameWhole(chunk, place, head)) throw this.#damaged();
        if (!hasSome) this.#baseOffset = head.baseOffset;
        this.#payloads.push(payloadOf(chunk, place, head));
        this.#payloadBytes += head.payloadBytes;
        this.#nextOffset = head.nextOffset;
      }
      this.#at += head.bytes;
    }
  }

  #damaged(): Error {
    return damaged(this.#name, this.#segment.file.path, this.#at);
  }
}
