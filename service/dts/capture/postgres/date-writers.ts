import {
  type DateTimeParts,
  type RangeWriter,
  writeDateTime,
  writeTimestampWithTimeZone,
} from "../../records/values.ts";

const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const BLANK = 0x20;
const MINUS = 0x2d;
const PLUS = 0x2b;
const MICROS_DIGITS = 6;

type Shape = "date" | "time" | "both";
type Parts = { -readonly [Part in keyof DateTimeParts]: DateTimeParts[Part] };

/** Where the scan stands; one is enough, because nothing is read at the same time. */
let at = 0;

/** Values of date, time and timestamp in the ISO style; `special` writes infinity and -infinity. */
export function dateTimeWriter(shape: Shape, special: RangeWriter): RangeWriter {
  return (out, source, start, end) => {
    if (!beginsWithDigit(source, start)) special(out, source, start, end);
    else writeDateTime(out, partsOf(shape, source, start, end));
  };
}

/** The same with an offset behind the time. The session's time zone is UTC, so only times can have another one. */
export function zonedWriter(shape: "time" | "both", special: RangeWriter): RangeWriter {
  return (out, source, start, end) => {
    if (!beginsWithDigit(source, start)) {
      special(out, source, start, end);
      return;
    }
    const parts = partsOf(shape, source, start, end);
    writeTimestampWithTimeZone(out, parts, shape === "time" ? offsetOf(source, end) : "UTC");
  };
}

function beginsWithDigit(source: Uint8Array, start: number): boolean {
  const first = source[start] as number;
  return first >= ZERO && first <= NINE;
}

function partsOf(shape: Shape, source: Uint8Array, start: number, end: number): Parts {
  at = start;
  const parts: Parts = {
    year: undefined,
    month: undefined,
    day: undefined,
    hour: undefined,
    minute: undefined,
    second: undefined,
    micros: undefined,
  };
  if (shape !== "time") {
    const isBc = source[end - 1] === 0x43;
    const year = digits(source, end);
    parts.year = isBc ? -year : year;
    parts.month = digits(source, end);
    parts.day = digits(source, end);
  }
  if (shape !== "date") {
    parts.hour = digits(source, end);
    parts.minute = digits(source, end);
    parts.second = digits(source, end);
    parts.micros = at <= end && source[at - 1] === DOT ? micros(source, end) : 0;
  }
  return parts;
}

/** A number and the one separator behind it; a sign behind the seconds is left for the offset. */
function digits(source: Uint8Array, end: number): number {
  let value = 0;
  for (; at < end; at += 1) {
    const digit = (source[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  at += 1;
  return value;
}

function micros(source: Uint8Array, end: number): number {
  let value = 0;
  let count = 0;
  for (; at < end && count < MICROS_DIGITS; at += 1, count += 1) {
    const digit = (source[at] as number) - ZERO;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  for (; count < MICROS_DIGITS; count += 1) value *= 10;
  return value;
}

/** `+02`, `-07:30` or `+00:19:32`, always with minutes. */
function offsetOf(source: Uint8Array, end: number): string {
  let from = end - 1;
  while (source[from] !== PLUS && source[from] !== MINUS && source[from] !== BLANK) from -= 1;
  const text = (source as Buffer).toString("latin1", from, end);
  return text.includes(":") ? text : `${text}:00`;
}
