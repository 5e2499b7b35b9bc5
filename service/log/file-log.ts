import { CommitQueue } from "./commit-queue.ts";
import { checkOffset, EMPTY_END, endAfter, type LogEnd } from "./entries.ts";
import { Listeners } from "./listeners.ts";
import type { Log, LogEntry, LogPlace, LogRange, LogRead } from "./log.ts";
import { asLogError, closed } from "./log-errors.ts";
import { findLastComplete, type LastComplete, openSegments } from "./recovery.ts";
import { type Bounds, segmentsToGiveUp } from "./retention.ts";
import type { Segment } from "./segment.ts";
import { SegmentReader } from "./segment-reader.ts";
import { SegmentWriter } from "./segment-writer.ts";
import { Tail } from "./tail.ts";

interface FileLogParts {
  readonly name: string;
  readonly folder: string;
  /** Of the first record of a log that is not there yet. */
  readonly firstOffset: number;
  readonly bounds: Bounds;
  /** Kept in memory of what was appended last. */
  readonly tailBytes: number;
  /** Of this machine's clock. */
  readonly nowSeconds: () => number;
}

/** A log in a folder of its own; see `Log` for what its methods promise. */
export class FileLog implements Log {
  readonly #parts: FileLogParts;
  readonly #queue: CommitQueue;
  readonly #reader: SegmentReader;
  readonly #writer: SegmentWriter;
  readonly #tail: Tail;
  readonly #listeners = new Listeners();
  #segments: readonly Segment[];
  #complete: LastComplete | undefined;
  /** What is durable, and what will be once all that waits is. */
  #end: LogEnd;
  #planned: LogEnd;
  #closing: Promise<void> | undefined;

  /** Recovers what the folder holds. Throws LogError CORRUPT or IO. */
  static async open(parts: FileLogParts): Promise<FileLog> {
    try {
      const { name, folder, firstOffset } = parts;
      const segments = await openSegments(name, folder, firstOffset);
      const log = new FileLog(parts, segments, await findLastComplete(name, segments, firstOffset));
      await log.giveUpOld();
      return log;
    } catch (error) {
      throw asLogError(parts.name, error);
    }
  }

  private constructor(parts: FileLogParts, segments: readonly Segment[], complete: LastComplete | undefined) {
    this.#parts = parts;
    this.#segments = segments;
    this.#complete = complete;
    this.#end = endOf(segments);
    this.#planned = this.#end;
    this.#reader = new SegmentReader(parts.name);
    this.#writer = new SegmentWriter(parts);
    this.#tail = new Tail(parts.tailBytes);
    this.#queue = new CommitQueue({
      write: (entries) => this.#write(entries),
      onFailed: () => {
        this.#planned = this.#end;
      },
    });
  }

  async append(entries: readonly LogEntry[]): Promise<void> {
    this.#checkOpen();
    if (entries.length === 0) return;
    this.#planned = endAfter(this.#parts.name, this.#planned, entries);
    await this.#queue.append(entries);
  }

  async read(fromOffset: number, bytesMax: number, isBounded = false): Promise<LogRead> {
    this.#checkOpen();
    const { startOffset, endOffset } = this.range();
    checkOffset(this.#parts.name, fromOffset, startOffset, endOffset);
    if (fromOffset === endOffset) return { payloads: [], baseOffset: endOffset, nextOffset: endOffset };
    const recent = this.#tail.read(fromOffset, bytesMax, endOffset, isBounded);
    if (recent) return recent;
    const view = { segments: this.#segments, startOffset, endOffset };
    try {
      return await this.#reader.read(view, fromOffset, bytesMax, isBounded);
    } catch (error) {
      // Given up between the look at the range and the look into the file.
      checkOffset(this.#parts.name, fromOffset, this.range().startOffset, endOffset);
      throw asLogError(this.#parts.name, error);
    }
  }

  async findTime(seconds: number): Promise<LogPlace | undefined> {
    this.#checkOpen();
    const range = this.range();
    if (range.firstSeconds === undefined || seconds > (range.lastSeconds ?? -Infinity)) return undefined;
    if (seconds <= range.firstSeconds) return { offset: range.startOffset, seconds: range.firstSeconds };
    try {
      return await this.#reader.findTime({ segments: this.#segments, ...range }, seconds);
    } catch (error) {
      // As above: what was sought may have been given up meanwhile, and then the log begins later.
      if (this.range().startOffset !== range.startOffset) return await this.findTime(seconds);
      throw asLogError(this.#parts.name, error);
    }
  }

  range(): LogRange {
    const endOffset = this.#complete?.endOffset ?? (this.#segments[0] as Segment).baseOffset;
    const start = this.#segments.find(({ summary }) => summary.startOffset >= 0)?.summary;
    const startOffset = Math.min(start?.startOffset ?? endOffset, endOffset);
    const times =
      start && startOffset < endOffset
        ? { firstSeconds: start.startSeconds, lastSeconds: this.#complete?.lastSeconds ?? start.startSeconds }
        : {};
    const bytes = this.#segments.reduce((sum, { summary }) => sum + summary.bytes, 0);
    return { startOffset, endOffset, nextOffset: this.#end.nextOffset, ...times, bytes };
  }

  position(): Uint8Array {
    return this.#complete?.position ?? new Uint8Array(0);
  }

  async discardIncomplete(): Promise<void> {
    this.#checkOpen();
    await this.#queue.behind(async () => {
      await this.#writer.recover(this.#segments.at(-1) as Segment);
      if (this.#end.complete) return;
      // The newest first: whatever a crash leaves is a log without a hole.
      const keep = this.#complete?.segment ?? (this.#segments[0] as Segment);
      try {
        for (let last = this.#segments.at(-1); last && last !== keep; last = this.#segments.at(-1)) {
          await last.remove();
          this.#segments = this.#segments.slice(0, -1);
        }
        await keep.cut(this.#complete?.endAt ?? 0);
      } catch (error) {
        throw this.#writer.fail(error);
      } finally {
        this.#reader.forgetPlaces();
        this.#tail.cut(this.#complete?.endOffset ?? keep.baseOffset);
      }
      this.#end = endOf(this.#segments);
      this.#planned = this.#end;
    });
  }

  async trim(beforeOffset: number): Promise<void> {
    this.#checkOpen();
    await this.#queue.between(() =>
      this.#giveUp((segments) => segments.findIndex(({ summary }) => summary.nextOffset > beforeOffset)),
    );
  }

  /** What retention says; called now and then. Does nothing when the log is closed. */
  async giveUpOld(): Promise<void> {
    await this.#queue.between(async () => {
      if (!this.#closing) await this.#giveUpOldNow();
    });
  }

  onReadable(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  get closing(): Promise<void> | undefined {
    return this.#closing;
  }

  close(): Promise<void> {
    this.#closing ??= this.#queue.behind(async () => {
      this.#listeners.clear();
      for (const segment of this.#segments) await segment.file.close();
    });
    return this.#closing;
  }

  async #write(entries: readonly LogEntry[]): Promise<void> {
    // What they were to follow may have been discarded since they were taken.
    const end = endAfter(this.#parts.name, this.#end, entries);
    const last = this.#segments.at(-1) as Segment;
    const segment = await this.#writer.prepare(last, this.#end.nextOffset);
    if (segment !== last) {
      this.#segments = [...this.#segments, segment];
      this.#reader.touch(last, this.#segments);
    }
    const completed = await this.#writer.write(segment, this.#end.complete, entries);
    this.#end = end;
    this.#tail.append(entries);
    if (completed) {
      this.#complete = { ...completed, segment };
      this.#listeners.tell();
    }
    // What cannot be given up now is no fault of what was appended.
    if (segment !== last) await this.#giveUpOldNow().catch(() => {});
  }

  #giveUpOldNow(): Promise<void> {
    const now = this.#parts.nowSeconds();
    return this.#giveUp((segments) => segmentsToGiveUp(segments, this.#parts.bounds, now));
  }

  /** Never what the last complete entry and what follows it lie in: there the log goes on. */
  async #giveUp(countOf: (segments: readonly Segment[]) => number): Promise<void> {
    const needed = this.#complete ? this.#segments.indexOf(this.#complete.segment) : 0;
    const wanted = countOf(this.#segments);
    const count = Math.min(wanted < 0 ? needed : wanted, needed);
    const given = this.#segments.slice(0, count);
    // First out of sight, so that no read begins in a file that goes away.
    this.#segments = this.#segments.slice(count);
    try {
      for (const segment of given) await segment.remove();
    } catch (error) {
      throw asLogError(this.#parts.name, error);
    }
  }

  #checkOpen(): void {
    if (this.#closing) throw closed(this.#parts.name);
  }
}

function endOf(segments: readonly Segment[]): LogEnd {
  const nextOffset = (segments.at(-1) as Segment).summary.nextOffset;
  const filled = segments.findLast(({ summary }) => summary.bytes > 0)?.summary;
  if (!filled) return { ...EMPTY_END, nextOffset };
  return { nextOffset, lastSeconds: filled.lastSeconds, complete: filled.endsComplete === 1 };
}
