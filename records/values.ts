import type { AvroReader } from "./avro-reader.ts";
import { decodeText } from "./charsets.ts";

/**
 * The value of a column. Whole numbers are numbers, beyond 2^53 bigints; booleans are booleans; decimals are text, and so
 * are dates and times: `2026-01-31`, `13:05:00.000250`, both with a space between, with ` UTC` or another zone behind;
 * JSON, XML, arrays, ranges, enums and the like are the database's text; binary data and binary geometry are bytes, which
 * share the memory of the record.
 */
export type ColumnValue = null | boolean | number | bigint | string | Uint8Array;

/** The column is not in the image: it did not change, or is no part of the key. */
export const NOT_IN_IMAGE: unique symbol = Symbol("not in image");

/** A long one would take a minute to become a bigint; no source has whole numbers of more digits. */
const WHOLE_NUMBER = /^[+-]?\d{1,100}$/;
/** Seconds on either side of 1970 that a date can hold. */
const SECONDS_MAX = 8.64e12;

/** Makes a value of a text's bytes. Its charset is as Java or MySQL names it. */
export type MakeText<T> = (charset: string, bytes: Uint8Array) => T;

type Read = (reader: AvroReader) => ColumnValue | typeof NOT_IN_IMAGE;

/** The branch of a text with its charset. */
const CHARACTER = 2;

/** The published branches of a value, in their order. */
const readers: readonly Read[] = [
  () => null,
  (reader) => {
    reader.long();
    return wholeNumber(reader);
  },
  (reader) => decodeText(reader.string(), reader.bytes()),
  (reader) => withPrecision(reader, reader.string()),
  (reader) => withPrecision(reader, reader.double()),
  timestampText,
  dateTimeText,
  (reader) => `${dateTimeText(reader)} ${reader.string()}`,
  (reader) => typed(reader).bytes(),
  (reader) => typed(reader).string(),
  (reader) => typed(reader).bytes(),
  (reader) => {
    const type = reader.string();
    const text = reader.string();
    return type.toUpperCase() === "BOOL" ? ["true", "t", "1"].includes(text.toLowerCase()) : text;
  },
  (reader) => (reader.choice(2, "empty object") === 0 ? null : NOT_IN_IMAGE),
];

export function readValue<T>(
  reader: AvroReader,
  makeText: MakeText<T>,
): ColumnValue | T | typeof NOT_IN_IMAGE {
  const branch = reader.choice(readers.length, "value of branch");
  if (branch === CHARACTER) return makeText(reader.string(), reader.bytes());
  return (readers[branch] as Read)(reader);
}

function wholeNumber(reader: AvroReader): number | bigint {
  const digits = reader.string();
  if (!WHOLE_NUMBER.test(digits)) throw reader.broken("a whole number that is none");
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

/** Precision and scale follow the value; the column's definition has them too. */
function withPrecision<T>(reader: AvroReader, value: T): T {
  reader.long();
  reader.long();
  return value;
}

/** Passes over the name of the type, which the column's definition tells. */
function typed(reader: AvroReader): AvroReader {
  reader.string();
  return reader;
}

/** The part that is called milliseconds holds microseconds. */
function timestampText(reader: AvroReader): string {
  const seconds = reader.long();
  const micros = reader.long();
  if (Math.abs(seconds) > SECONDS_MAX) throw reader.broken("a time that no calendar has");
  const [date = "", time = ""] = new Date(seconds * 1000).toISOString().split("T");
  return `${date} ${time.slice(0, 8)}${fraction(micros)}`;
}

function dateTimeText(reader: AvroReader): string {
  const [year, month, day, hour, minute, second, micros] = Array.from({ length: 7 }, () =>
    reader.choice(2, "part of a time") === 0 ? undefined : reader.long(),
  );
  const date = [year === undefined ? undefined : yearText(year), pad(month), pad(day)]
    .filter(isGiven)
    .join("-");
  const time = [pad(hour), pad(minute), pad(second)].filter(isGiven).join(":");
  return [date, time === "" ? "" : `${time}${fraction(micros ?? 0)}`].filter((part) => part !== "").join(" ");
}

function isGiven(part: string | undefined): part is string {
  return part !== undefined;
}

function yearText(year: number): string {
  return year < 0 ? `-${String(-year).padStart(4, "0")}` : String(year).padStart(4, "0");
}

/** Hours of a time span may be negative. */
function pad(part: number | undefined): string | undefined {
  if (part === undefined) return undefined;
  return part < 0 ? `-${String(-part).padStart(2, "0")}` : String(part).padStart(2, "0");
}

function fraction(micros: number): string {
  return micros === 0 ? "" : `.${String(micros).padStart(6, "0")}`;
}
