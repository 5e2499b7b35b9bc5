import { EventError } from "../../../../contract/eventbridge/failure.ts";
import { decodeText } from "../../../../records/charsets.ts";
import type { ColumnValue } from "../../../../records/index.ts";

/** A larger value fits into no message, and as a list of numbers it would take a lot of memory first. */
const RAW_BYTES_MAX = 4 * 1024 * 1024;

/** A text as it stands in the record; decoded where it is asked for. */
export class CharacterValue {
  readonly charset: string;
  readonly bytes: Uint8Array;

  constructor(charset: string, bytes: Uint8Array) {
    this.charset = charset;
    this.bytes = bytes;
  }
}

export type EventColumnValue = ColumnValue | CharacterValue;

/**
 * A value as a user reads it: texts decoded, whole numbers beyond 2^53 and numbers that are none as text, binary data as Base64,
 * and so a text in a charset that is not known here.
 */
export function readableValue(value: EventColumnValue): null | boolean | number | string {
  if (value instanceof CharacterValue) return textOf(value);
  if (value instanceof Uint8Array) return base64Of(value);
  if (typeof value === "bigint") return String(value);
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function textOf({ charset, bytes }: CharacterValue): string {
  try {
    return decodeText(charset, bytes);
  } catch {
    return base64Of(bytes);
  }
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}

/** A value as the documented user record has it; null also for a column that is not in the image. */
export function rawValue(value: EventColumnValue | undefined): object | null {
  if (value === null || value === undefined) return null;
  if (value instanceof CharacterValue) return { data: rawBytes(value.bytes), charset: value.charset };
  return { data: value instanceof Uint8Array ? rawBytes(value) : readableValue(value) };
}

/** A Java ByteBuffer as it is written in JSON. */
function rawBytes(bytes: Uint8Array): object {
  if (bytes.length > RAW_BYTES_MAX) {
    const text = `holds a column of ${bytes.length} bytes, and no message takes more than ${RAW_BYTES_MAX}; extract what the message needs, or read the column in the source`;
    throw new EventError("TransformFailed", { at: "event", text });
  }
  return { hb: [...bytes], offset: 0, isReadOnly: false, bigEndian: true, nativeByteOrder: false };
}
