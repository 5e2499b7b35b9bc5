import { type FileHandle, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { FrameHead } from "./frame.ts";
import { FrameScanner } from "./frame-scanner.ts";
import { indexPath, segmentPath, syncFolder, unlinkIfThere } from "./log-folder.ts";
import { SegmentFile } from "./segment-file.ts";
import {
  decodeIndex,
  decodeSummary,
  emptySummary,
  SegmentIndex,
  type SegmentSummary,
  summaryWith,
} from "./segment-index.ts";

/** A file of frames and what is known of it. Sealed ones have an index beside them, read when it is needed. */
export class Segment {
  readonly baseOffset: number;
  readonly file: SegmentFile;
  readonly #indexPath: string;
  #summary: SegmentSummary;
  #index: Promise<SegmentIndex> | undefined;

  constructor(folder: string, baseOffset: number, known?: Partial<SegmentContents>) {
    this.baseOffset = baseOffset;
    this.file = new SegmentFile(segmentPath(folder, baseOffset));
    this.#indexPath = indexPath(folder, baseOffset);
    this.#summary = known?.summary ?? emptySummary(baseOffset);
    const index = known ? known.index : new SegmentIndex();
    this.#index = index && Promise.resolve(index);
  }

  get summary(): SegmentSummary {
    return this.#summary;
  }

  /** From memory, else from its file, else made anew from the frames. */
  index(): Promise<SegmentIndex> {
    this.#index ??= this.#loadIndex().catch((error: unknown) => {
      this.#index = undefined;
      throw error;
    });
    return this.#index;
  }

  /** Frames that are durable behind the last one. */
  async append(heads: readonly FrameHead[]): Promise<void> {
    // An index that cannot be read is made anew when it is needed; the frames are there all the same.
    const index = await this.index().catch(() => undefined);
    for (const head of heads) {
      index?.add(head.baseOffset, head.lastSeconds, this.#summary.bytes);
      this.#summary = summaryWith(this.#summary, head);
    }
  }

  /** Nothing is appended any more. Without its index file the segment is only slower to open. */
  async seal(): Promise<void> {
    await this.#writeIndex(await this.index()).catch(() => {});
  }

  /** Gives back memory and the file handle until the segment is used again. */
  async rest(): Promise<void> {
    this.#index = undefined;
    await this.file.close();
  }

  /** Cuts off what lies behind so many bytes; then it can be appended to. */
  async cut(bytes: number): Promise<void> {
    await unlinkIfThere(this.#indexPath);
    await syncFolder(dirname(this.#indexPath));
    const contents = await this.file.use(async (file) => {
      await file.truncate(bytes);
      await file.datasync();
      return await scanSegment(file, bytes, this.baseOffset);
    });
    this.#summary = contents.summary;
    this.#index = Promise.resolve(contents.index);
  }

  /** Reads in progress go on until they have what they want. */
  async remove(): Promise<void> {
    await unlinkIfThere(this.file.path);
    await unlinkIfThere(this.#indexPath);
    void this.file.close().catch(() => {});
  }

  async #loadIndex(): Promise<SegmentIndex> {
    const bytes = await readFile(this.#indexPath).catch(() => undefined);
    const found = bytes && decodeIndex(bytes);
    if (found && decodeSummary(bytes)?.bytes === this.#summary.bytes) return found;
    const contents = await this.file.use((file) => scanSegment(file, this.#summary.bytes, this.baseOffset));
    await this.#writeIndex(contents.index).catch(() => {});
    return contents.index;
  }

  async #writeIndex(index: SegmentIndex): Promise<void> {
    await writeFile(this.#indexPath, index.encode(this.#summary), { mode: 0o600 });
  }
}

interface SegmentContents {
  readonly summary: SegmentSummary;
  readonly index: SegmentIndex;
}

/** Checks frame by frame, and ends before the first that is missing, damaged or does not follow the one before it. */
export async function scanSegment(
  file: FileHandle,
  fileBytes: number,
  baseOffset: number,
): Promise<SegmentContents> {
  const scanner = new FrameScanner(file, fileBytes);
  const index = new SegmentIndex();
  let summary = emptySummary(baseOffset);
  for (;;) {
    const head = await scanner.frame(summary.bytes);
    if (!head || head.baseOffset !== summary.nextOffset) return { summary, index };
    index.add(head.baseOffset, head.lastSeconds, summary.bytes);
    summary = summaryWith(summary, head);
  }
}
