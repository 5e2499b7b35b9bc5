import { type LogEntry, LogError, type LogRead } from "./log.ts";

/** Longest position an entry may carry. */
const POSITION_BYTES_MAX = 4096;
/** A frame's length has to stay within what one read or write can take. */
const PAYLOAD_BYTES_MAX = 0x7fff0000;

/** Where a log stands: what the next entry has to follow. */
export interface LogEnd {
  readonly nextOffset: number;
  /** Of the last record; `-Infinity` before the first. */
  readonly lastSeconds: number;
  /** Whether the last entry ended what it belongs to; true before the first. */
  readonly complete: boolean;
}

export const EMPTY_END: LogEnd = { nextOffset: 0, lastSeconds: -Infinity, complete: true };

/** Where the log stands behind these entries. Throws LogError NOT_IN_ORDER when they do not follow `end`. */
export function endAfter(name: string, end: LogEnd, entries: readonly LogEntry[]): LogEnd {
  let { nextOffset, lastSeconds, complete } = end;
  for (const entry of entries) {
    const wrong = whatIsWrong(entry, nextOffset, lastSeconds);
    if (wrong) throw new LogError("NOT_IN_ORDER", `log ${name}: ${wrong}; look at range() before going on`);
    nextOffset += entry.recordCount;
    lastSeconds = entry.lastSeconds;
    complete = entry.complete;
  }
  return { nextOffset, lastSeconds, complete };
}

function whatIsWrong(entry: LogEntry, nextOffset: number, lastSeconds: number): string | undefined {
  const { baseOffset, recordCount, firstSeconds } = entry;
  if (baseOffset !== nextOffset) return `the entry begins at offset ${baseOffset}, expected ${nextOffset}`;
  if (!Number.isInteger(recordCount) || recordCount < 1 || recordCount > 0xffffffff) {
    return `the entry at offset ${baseOffset} has ${recordCount} records, expected 1 or more`;
  }
  if (!Number.isSafeInteger(firstSeconds) || !Number.isSafeInteger(entry.lastSeconds)) {
    return `the entry at offset ${baseOffset} has times that are not whole seconds`;
  }
  if (firstSeconds < lastSeconds || entry.lastSeconds < firstSeconds) {
    return `the entry at offset ${baseOffset} is of ${firstSeconds} to ${entry.lastSeconds} s, before it ${lastSeconds} s was reached`;
  }
  if (entry.position.length > POSITION_BYTES_MAX) {
    return `the entry at offset ${baseOffset} has a position of ${entry.position.length} bytes, allowed ${POSITION_BYTES_MAX}`;
  }
  if (entry.payload.length > PAYLOAD_BYTES_MAX) {
    return `the entry at offset ${baseOffset} has ${entry.payload.length} bytes, allowed ${PAYLOAD_BYTES_MAX}`;
  }
  return undefined;
}

/** What is read where the first entry is larger than allowed. */
export function largerEntry(baseOffset: number, bytes: number, lastSeconds: number): LogRead {
  return { payloads: [], baseOffset, nextOffset: baseOffset, larger: { bytes, lastSeconds } };
}

/** Throws LogError OFFSET_OUT_OF_RANGE when there is nothing to read from there on, now or later. */
export function checkOffset(name: string, offset: number, start: number, end: number): void {
  if (offset >= start && offset <= end) return;
  throw new LogError(
    "OFFSET_OUT_OF_RANGE",
    `log ${name}: offset ${offset} cannot be read, ${start} to ${end} are kept; go on from one of these`,
  );
}
