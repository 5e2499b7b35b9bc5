import { type FileHandle, open } from "node:fs/promises";
import { FRAME_HEAD_BYTES } from "./frame.ts";
import { FrameScanner } from "./frame-scanner.ts";
import { LogError } from "./log.ts";
import { damaged } from "./log-errors.ts";
import {
  indexPath,
  listSegments,
  makeEmptyFile,
  segmentPath,
  syncFolder,
  unlinkIfThere,
} from "./log-folder.ts";
import { Segment, scanSegment } from "./segment.ts";
import { readAt } from "./segment-file.ts";
import { decodeSummary, type SegmentSummary, SUMMARY_BYTES } from "./segment-index.ts";

/** The last complete entry of a log: how far readers may see. */
export interface LastComplete {
  readonly endOffset: number;
  readonly lastSeconds: number;
  readonly position: Uint8Array;
  readonly segment: Segment;
  /** Behind it, in its segment. */
  readonly endAt: number;
}

/**
 * The segments of a log, oldest first, at least one. Only the last one's frames are looked at: a tail that a crash tore is
 * cut off, and what stays is durable. Of the others the summary beside them tells; where it is missing or does not match,
 * it is made anew. Throws LogError CORRUPT where acknowledged entries are damaged.
 */
export async function openSegments(name: string, folder: string, firstOffset: number): Promise<Segment[]> {
  const listed = await listSegments(folder);
  // A new file that nothing came into; what it was meant to follow may have been discarded since.
  while (listed.length > 1 && listed.at(-1)?.bytes === 0) {
    await unlinkIfThere(segmentPath(folder, listed.pop()?.baseOffset ?? 0));
  }
  if (listed.length === 0) {
    await makeEmptyFile(folder, segmentPath(folder, firstOffset));
    return [new Segment(folder, firstOffset)];
  }
  const segments: Segment[] = [];
  for (const [at, { baseOffset, bytes }] of listed.slice(0, -1).entries()) {
    const next = listed[at + 1]?.baseOffset ?? baseOffset;
    const summary = await readSummary(indexPath(folder, baseOffset));
    const isRight =
      summary?.baseOffset === baseOffset && summary.bytes === bytes && summary.nextOffset === next;
    segments.push(
      isRight
        ? new Segment(folder, baseOffset, { summary })
        : await openSealed(name, folder, baseOffset, bytes),
    );
  }
  for (const { baseOffset, bytes } of listed.slice(-1)) {
    segments.push(await openLast(name, folder, baseOffset, bytes));
  }
  return await withoutGaps(segments);
}

/** Without an index that can be trusted. */
async function openSealed(name: string, folder: string, baseOffset: number, bytes: number): Promise<Segment> {
  const path = segmentPath(folder, baseOffset);
  return await withFile(path, async (file) => {
    const contents = await scanSegment(file, bytes, baseOffset);
    if (contents.summary.bytes !== bytes) throw damaged(name, path, contents.summary.bytes);
    const segment = new Segment(folder, baseOffset, contents);
    await segment.seal();
    await segment.rest();
    return segment;
  });
}

async function readSummary(path: string): Promise<SegmentSummary | undefined> {
  try {
    return await withFile(path, async (file) => {
      const bytes = Buffer.alloc(SUMMARY_BYTES);
      return (await readAt(file, bytes, 0)) === bytes.length ? decodeSummary(bytes) : undefined;
    });
  } catch {
    return undefined;
  }
}

async function openLast(name: string, folder: string, baseOffset: number, bytes: number): Promise<Segment> {
  const path = segmentPath(folder, baseOffset);
  return await withFile(path, async (file) => {
    const contents = await scanSegment(file, bytes, baseOffset);
    const end = contents.summary.bytes;
    if (end < bytes) {
      if (await wasAcknowledged(file, bytes, end)) throw damaged(name, path, end);
      await file.truncate(end);
    }
    // Whoever wrote it may have been killed before it was durable; from now on it counts as that.
    await file.sync();
    await syncFolder(folder);
    return new Segment(folder, baseOffset, contents);
  });
}

/** Whether a whole frame behind the hole says that the hole was durable before it was written. */
async function wasAcknowledged(file: FileHandle, bytes: number, hole: number): Promise<boolean> {
  const scanner = new FrameScanner(file, bytes);
  for (let at = await scanner.nextCandidate(hole + 1); at !== undefined; ) {
    const head = await scanner.frame(at);
    if (head && head.durableBytes > hole) return true;
    at = await scanner.nextCandidate(at + 1);
  }
  return false;
}

/** Where a removal was interrupted, or a file was taken away, what lies before the gap is given up. */
async function withoutGaps(segments: readonly Segment[]): Promise<Segment[]> {
  const gap = segments.findLastIndex(
    (segment, at) => at > 0 && segments[at - 1]?.summary.nextOffset !== segment.baseOffset,
  );
  for (const segment of segments.slice(0, Math.max(gap, 0))) await segment.remove();
  return segments.slice(Math.max(gap, 0));
}

/** The last complete entry; undefined when there never was one, in a log that was made with `firstOffset`. Throws LogError CORRUPT when it is damaged or missing. */
export async function findLastComplete(
  name: string,
  segments: readonly Segment[],
  firstOffset: number,
): Promise<LastComplete | undefined> {
  const segment = segments.findLast(({ summary }) => summary.completeAt >= 0);
  const [first] = segments;
  if (!segment) {
    if (first === undefined || first.baseOffset === firstOffset) return undefined;
    throw new LogError(
      "CORRUPT",
      `log ${name}: the file before ${first.file.path} is missing, and with it where the writer stood; restore it from a copy, or remove the log and read the source anew`,
    );
  }
  const at = segment.summary.completeAt;
  return await segment.file.use(async (file) => {
    const head = await new FrameScanner(file, segment.summary.bytes).frame(at);
    if (!head?.complete) throw damaged(name, segment.file.path, at);
    const position = Buffer.alloc(head.positionBytes);
    await readAt(file, position, at + FRAME_HEAD_BYTES);
    return {
      endOffset: head.nextOffset,
      lastSeconds: head.lastSeconds,
      position: new Uint8Array(position),
      segment,
      endAt: at + head.bytes,
    };
  });
}

async function withFile<Result>(path: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await open(path, "r+");
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
