import type { LogRetention } from "./log.ts";
import type { Segment } from "./segment.ts";

/** How a log is cut into segments and how much of them is kept. */
export interface Bounds extends LogRetention {
  /** A segment that holds so much is closed before the next write. */
  readonly segmentBytes: number;
  /** The same for one whose first entry was appended so long ago: age is given up by whole segments. */
  readonly segmentSeconds: number;
}

const SEGMENT_BYTES = 64 * 1024 * 1024;
const SEGMENT_BYTES_MIN = 1024 * 1024;
/** At least so many segments share what is kept, so that giving one up gives up little. */
const PARTS_BY_BYTES = 8;
const PARTS_BY_AGE = 24;
const SEGMENT_SECONDS_MIN = 60;

export function boundsOf(retention: LogRetention, segmentBytes?: number): Bounds {
  const { bytesMax, ageSecondsMax } = retention;
  const share = Math.max(SEGMENT_BYTES_MIN, Math.floor(bytesMax / PARTS_BY_BYTES));
  return {
    bytesMax,
    ageSecondsMax,
    segmentBytes: segmentBytes ?? Math.min(SEGMENT_BYTES, share),
    segmentSeconds: Math.max(SEGMENT_SECONDS_MIN, Math.floor(ageSecondsMax / PARTS_BY_AGE)),
  };
}

/**
 * How many of the oldest segments are beyond the bounds. The age is that of being appended, not of the change: what was
 * captured late is kept as long as anything else.
 */
export function segmentsToGiveUp(segments: readonly Segment[], bounds: Bounds, nowSeconds: number): number {
  let bytes = segments.reduce((sum, { summary }) => sum + summary.bytes, 0);
  let count = 0;
  for (const { summary } of segments) {
    const isOld = summary.bytes > 0 && nowSeconds - summary.lastAppendedSeconds > bounds.ageSecondsMax;
    if (bytes <= bounds.bytesMax && !isOld) break;
    bytes -= summary.bytes;
    count += 1;
  }
  return count;
}
