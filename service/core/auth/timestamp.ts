import type { SignatureScheme } from "../../../contract/signature/types.ts";

/** A request is accepted this long before and after its own time (help document 434846). Milliseconds. */
export const TIMESTAMP_WINDOW_MS = 15 * 60 * 1000;

const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/;
const RFC_1123 = /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat), (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Milliseconds since the epoch, or undefined when the string is not in the scheme's form:
 * `2026-01-02T03:04:05Z` in RPC V1 and V3, `Fri, 02 Jan 2026 03:04:05 GMT` in ROA V1.
 */
export function parseTimestamp(text: string, scheme: SignatureScheme): number | undefined {
  if (scheme === "roa-v1") {
    const match = RFC_1123.exec(text);
    if (match === null) return undefined;
    const [, , day, month = "", year, ...time] = match;
    return instant([year, MONTHS.indexOf(month) + 1, day, ...time].map(Number));
  }
  const match = ISO.exec(text);
  return match === null ? undefined : instant(match.slice(1).map(Number));
}

/** Undefined for dates that do not exist, such as 30 February or hour 24. */
function instant(parts: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (month < 1 || hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(ms);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? ms : undefined;
}
