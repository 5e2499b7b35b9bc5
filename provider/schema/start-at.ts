import { z } from "zod";
import { EPOCH_SECONDS_MAX } from "../../contract/limits/dts.ts";
import { shown } from "../../contract/limits/message.ts";
import { refuse } from "../../contract/limits/text.ts";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const FORMS = "seconds since the epoch or ISO 8601 such as 2026-01-02T03:04:05Z";

/** Seconds since the epoch of either form of `startAt`, or undefined for neither. Fractions are dropped. */
export function startSeconds(value: number | string): number | undefined {
  if (typeof value === "number") {
    return Number.isInteger(value) && value >= 0 && value <= EPOCH_SECONDS_MAX ? value : undefined;
  }
  if (!ISO.test(value) || !isCalendarDay(value.slice(0, 10))) return undefined;
  const seconds = Math.floor(Date.parse(value) / 1000);
  return seconds >= 0 && seconds <= EPOCH_SECONDS_MAX ? seconds : undefined;
}

/** `Date.parse` takes 31 February for 3 March. */
function isCalendarDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** A point in time: a number of seconds, or a text with its zone. */
export const startAt = z
  .union([z.number(), z.string()], { error: `must be ${FORMS}` })
  .superRefine((value, ctx) => {
    if (startSeconds(value) === undefined) refuse(ctx, `must be ${FORMS}, got ${shown(value)}`);
  });
