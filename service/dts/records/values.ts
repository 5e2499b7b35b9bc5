import { AvroWriter } from "./avro-writer.ts";

/** UTF-8 text, as a string or as bytes of a larger buffer. */
export type Text = string | Uint8Array;

/** Branches of the union that an image's values are written in, in the published order. */
const BRANCH = {
  null: 0,
  integer: 1,
  character: 2,
  decimal: 3,
  float: 4,
  timestamp: 5,
  dateTime: 6,
  timestampWithTimeZone: 7,
  binaryGeometry: 8,
  textGeometry: 9,
  binaryObject: 10,
  textObject: 11,
  emptyObject: 12,
} as const;

const NONE = 1;

/** Parts of a date and time; a part that is missing is left out. `micros` lies below 1,000,000. */
export interface DateTimeParts {
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  readonly micros?: number | undefined;
}

/** The published types of objects; clients refuse any other. */
export type ObjectType =
  | "BINARY"
  | "BOOL"
  | "BLOB"
  | "XML"
  | "JSON"
  | "TEXT"
  | "BFILE"
  | "RAW"
  | "LONG_RAW"
  | "ROWID"
  | "UROWID"
  | "ENUM"
  | "SET"
  | "BYTEA"
  | "GEOMETRY"
  | "XTYPE"
  | "UUID";

/** Writes a value whose text lies in `source` from `start` up to `end`. */
export type RangeWriter = (out: AvroWriter, source: Uint8Array, start: number, end: number) => void;

/**
 * `write` for values that differ in their text only: what stands before and behind the text is encoded once, because doing
 * that for each value costs more than all the rest of it.
 */
export function textTemplate(write: (out: AvroWriter, text: Text) => void): RangeWriter {
  const [none, one] = ["", "x"].map((text) => {
    const out = new AvroWriter(64);
    write(out, text);
    return Uint8Array.from(out.view());
  }) as [Uint8Array, Uint8Array];
  // The first difference is the text's length.
  const split = none.findIndex((byte, at) => byte !== one[at]);
  const before = none.subarray(0, split);
  const behind = none.subarray(split + 1);
  return (out, source, start, end) => {
    out.raw(before);
    out.bytes(source, start, end);
    if (behind.length > 0) out.raw(behind);
  };
}

export function writeNull(out: AvroWriter): void {
  out.long(BRANCH.null);
}

/** The column is not in this image; that is not the same as NULL. */
export function writeNotInImage(out: AvroWriter): void {
  out.long(BRANCH.emptyObject);
  out.long(NONE);
}

/** Decimal digits with an optional sign; `precision` in bytes of the column's type, as clients show it. */
export function writeInteger(out: AvroWriter, precision: number, digits: Text): void {
  out.long(BRANCH.integer);
  out.long(precision);
  writeText(out, digits);
}

/** Bytes in the charset named, a name that Java knows. */
export function writeCharacter(out: AvroWriter, charset: string, bytes: Text): void {
  out.long(BRANCH.character);
  out.string(charset);
  writeText(out, bytes);
}

export function writeDecimal(out: AvroWriter, value: Text, precision: number, scale: number): void {
  out.long(BRANCH.decimal);
  writeText(out, value);
  out.long(precision);
  out.long(scale);
}

export function writeFloat(out: AvroWriter, value: number, precision: number, scale: number): void {
  out.long(BRANCH.float);
  out.double(value);
  out.long(precision);
  out.long(scale);
}

/** Seconds since the epoch and microseconds below 1,000,000: the field is called millis and read as microseconds. */
export function writeTimestamp(out: AvroWriter, seconds: number, micros: number): void {
  out.long(BRANCH.timestamp);
  out.long(seconds);
  out.long(micros);
}

export function writeDateTime(out: AvroWriter, parts: DateTimeParts): void {
  out.long(BRANCH.dateTime);
  writeParts(out, parts);
}

export function writeTimestampWithTimeZone(out: AvroWriter, parts: DateTimeParts, timeZone: string): void {
  out.long(BRANCH.timestampWithTimeZone);
  writeParts(out, parts);
  out.string(timeZone);
}

/** Well-known binary. */
export function writeBinaryGeometry(out: AvroWriter, type: string, bytes: Uint8Array): void {
  out.long(BRANCH.binaryGeometry);
  out.string(type);
  out.bytes(bytes);
}

export function writeTextGeometry(out: AvroWriter, type: string, text: Text): void {
  out.long(BRANCH.textGeometry);
  out.string(type);
  writeText(out, text);
}

export function writeBinaryObject(out: AvroWriter, type: ObjectType, bytes: Uint8Array): void {
  out.long(BRANCH.binaryObject);
  out.string(type);
  out.bytes(bytes);
}

export function writeTextObject(out: AvroWriter, type: ObjectType, text: Text): void {
  out.long(BRANCH.textObject);
  out.string(type);
  writeText(out, text);
}

function writeText(out: AvroWriter, text: Text): void {
  if (typeof text === "string") out.string(text);
  else out.bytes(text);
}

function writeParts(out: AvroWriter, parts: DateTimeParts): void {
  const { year, month, day, hour, minute, second, micros } = parts;
  for (const part of [year, month, day, hour, minute, second, micros]) {
    if (part === undefined) {
      out.byte(0);
      continue;
    }
    out.byte(2);
    out.long(part);
  }
}
