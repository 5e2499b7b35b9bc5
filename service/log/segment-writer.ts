import { decodeFrameHead, encodeFrame, type FrameHead } from "./frame.ts";
import type { LogEntry, LogError } from "./log.ts";
import { damaged, diskFull, failed, isDiskFull } from "./log-errors.ts";
import { makeEmptyFile, segmentPath } from "./log-folder.ts";
import type { Bounds } from "./retention.ts";
import { Segment } from "./segment.ts";
import { writeAllAt } from "./segment-file.ts";

interface SegmentWriterParts {
  readonly name: string;
  readonly folder: string;
  readonly bounds: Bounds;
  readonly nowSeconds: () => number;
}

/** The last complete entry of what was written. */
interface Completed {
  readonly endOffset: number;
  readonly lastSeconds: number;
  readonly position: Uint8Array;
  readonly endAt: number;
}

/** Writes entries behind the last segment's end, all of them or none; one write and one sync each time. */
export class SegmentWriter {
  readonly #parts: SegmentWriterParts;
  /** Set by a failure after which nobody knows what is on disk. */
  #failure: LogError | undefined;
  /** True while something half written could not be taken away. */
  #mustCut = false;

  constructor(parts: SegmentWriterParts) {
    this.#parts = parts;
  }

  /**
   * After a failure: cuts the last segment to what was known to be durable and looks whether that is still there. Throws
   * LogError IO or CORRUPT when the disk does not work yet, or lost something.
   */
  async recover(last: Segment): Promise<void> {
    if (!this.#failure) return;
    // What was lost stays lost, however often it is looked at.
    if (this.#failure.code === "CORRUPT") throw this.#failure;
    const { bytes } = last.summary;
    try {
      await last.cut(bytes);
    } catch (error) {
      throw failed(this.#parts.name, this.#parts.folder, error);
    }
    if (last.summary.bytes < bytes) {
      this.#failure = damaged(this.#parts.name, last.file.path, last.summary.bytes);
      throw this.#failure;
    }
    this.#failure = undefined;
    this.#mustCut = false;
  }

  /** Nothing may be written from now on; returns what to tell. */
  fail(cause: unknown): LogError {
    this.#failure ??= failed(this.#parts.name, this.#parts.folder, cause);
    return this.#failure;
  }

  /** The segment to write to: the last one, or a new one behind it. Throws LogError DISK_FULL or IO. */
  async prepare(last: Segment, nextOffset: number): Promise<Segment> {
    if (this.#failure) throw this.#failure;
    const { name, folder, bounds, nowSeconds } = this.#parts;
    try {
      if (this.#mustCut) await last.cut(last.summary.bytes);
      this.#mustCut = false;
      const { bytes, firstAppendedSeconds } = last.summary;
      const isOld = nowSeconds() - firstAppendedSeconds > bounds.segmentSeconds;
      if (bytes === 0 || (bytes < bounds.segmentBytes && !isOld)) return last;
      await makeEmptyFile(folder, segmentPath(folder, nextOffset));
      await last.seal();
      return new Segment(folder, nextOffset);
    } catch (error) {
      throw isDiskFull(error) ? diskFull(name, folder, error) : this.fail(error);
    }
  }

  /** Behind what the segment holds. Throws LogError DISK_FULL or IO; then nothing is kept. */
  async write(
    segment: Segment,
    isAfterComplete: boolean,
    entries: readonly LogEntry[],
  ): Promise<Completed | undefined> {
    const from = segment.summary.bytes;
    const frames = this.#frames(entries, isAfterComplete, from);
    try {
      await segment.file.use(async (file) => {
        await writeAllAt(file, frames.parts, from);
        await file.datasync();
      });
    } catch (error) {
      throw await this.#undo(segment, error);
    }
    await segment.append(frames.heads);
    return frames.completed;
  }

  #frames(entries: readonly LogEntry[], isAfterComplete: boolean, from: number) {
    const parts: Uint8Array[] = [];
    const heads: FrameHead[] = [];
    const appendedSeconds = Math.floor(this.#parts.nowSeconds());
    let starts = isAfterComplete;
    let at = from;
    let completed: Completed | undefined;
    for (const entry of entries) {
      const bytes = encodeFrame(entry, { starts, appendedSeconds, durableBytes: from });
      const head = decodeFrameHead(bytes, 0) as FrameHead;
      parts.push(bytes, entry.payload);
      heads.push(head);
      at += head.bytes;
      starts = entry.complete;
      if (!entry.complete) continue;
      const { lastSeconds, position } = entry;
      completed = { endOffset: head.nextOffset, lastSeconds, position: new Uint8Array(position), endAt: at };
    }
    return { parts, heads, completed };
  }

  /** Takes away what was half written; what was durable before stays. */
  async #undo(segment: Segment, cause: unknown): Promise<LogError> {
    const { name, folder } = this.#parts;
    if (!isDiskFull(cause)) this.fail(cause);
    try {
      await segment.file.use((file) => file.truncate(segment.summary.bytes));
    } catch {
      this.#mustCut = true;
    }
    return this.#failure ?? diskFull(name, folder, cause);
  }
}
