import { unreadable } from "./failure.ts";
import { jsonOpaque } from "./json-opaque.ts";

/** Kinds of values in MySQL's binary JSON. */
const KIND = {
  smallObject: 0,
  largeObject: 1,
  smallArray: 2,
  largeArray: 3,
  literal: 4,
  int16: 5,
  uint16: 6,
  int32: 7,
  uint32: 8,
  int64: 9,
  uint64: 10,
  double: 11,
  string: 12,
  opaque: 15,
} as const;

const LITERALS = ["null", "true", "false"];
/** The server nests no deeper. */
const DEPTH_MAX = 100;

/** The text of a JSON value as the server writes it. An empty value, which old servers logged for some defaults, is null. */
export function jsonText(bytes: Buffer): string {
  if (bytes.length === 0) return "null";
  try {
    return valueText(bytes[0] as number, bytes.subarray(1), 0);
  } catch (error) {
    throw error instanceof RangeError ? unreadable(`a JSON value is cut short (${error.message})`) : error;
  }
}

/** `data` begins with the value. */
function valueText(kind: number, data: Buffer, depth: number): string {
  switch (kind) {
    case KIND.smallObject:
    case KIND.largeObject:
    case KIND.smallArray:
    case KIND.largeArray:
      return containerText(kind, data, depth);
    case KIND.literal:
      return LITERALS[data.readUInt8(0)] ?? "null";
    case KIND.int16:
      return String(data.readInt16LE(0));
    case KIND.uint16:
      return String(data.readUInt16LE(0));
    case KIND.int32:
      return String(data.readInt32LE(0));
    case KIND.uint32:
      return String(data.readUInt32LE(0));
    case KIND.int64:
      return String(data.readBigInt64LE(0));
    case KIND.uint64:
      return String(data.readBigUInt64LE(0));
    case KIND.double:
      return doubleText(data.readDoubleLE(0));
    case KIND.string: {
      const [size, at] = variableLength(data, 0);
      return JSON.stringify(textAt(data, at, size));
    }
    case KIND.opaque: {
      const [size, at] = variableLength(data, 1);
      if (at + size > data.length) throw unreadable("a JSON value is cut short");
      return jsonOpaque(data.readUInt8(0), data.subarray(at, at + size));
    }
    default:
      throw unreadable(`a JSON value has the unknown kind ${kind}`);
  }
}

/** Count and size, keys with place and length, values with kind and place or the value itself; then what they point at. */
function containerText(kind: number, data: Buffer, depth: number): string {
  if (depth >= DEPTH_MAX) throw unreadable(`a JSON value is nested deeper than ${DEPTH_MAX}`);
  const isSmall = kind === KIND.smallObject || kind === KIND.smallArray;
  const isObject = kind === KIND.smallObject || kind === KIND.largeObject;
  const width = isSmall ? 2 : 4;
  const count = data.readUIntLE(0, width);
  const keysAt = 2 * width;
  const valuesAt = keysAt + (isObject ? count * (width + 2) : 0);
  if (valuesAt + count * (width + 1) > data.length) throw unreadable("a JSON value is cut short");
  const parts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = valuesAt + index * (width + 1);
    const inner = data.readUInt8(at);
    const value = isInline(inner, isSmall)
      ? valueText(inner, data.subarray(at + 1), depth + 1)
      : valueText(inner, data.subarray(data.readUIntLE(at + 1, width)), depth + 1);
    if (!isObject) {
      parts.push(value);
      continue;
    }
    const keyAt = keysAt + index * (width + 2);
    const key = textAt(data, data.readUIntLE(keyAt, width), data.readUInt16LE(keyAt + width));
    parts.push(`${JSON.stringify(key)}: ${value}`);
  }
  return isObject ? `{${parts.join(", ")}}` : `[${parts.join(", ")}]`;
}

function isInline(kind: number, isSmall: boolean): boolean {
  if (kind === KIND.literal || kind === KIND.int16 || kind === KIND.uint16) return true;
  return !isSmall && (kind === KIND.int32 || kind === KIND.uint32);
}

/** Seven bits a byte, the lowest first, up to five bytes. */
function variableLength(data: Buffer, from: number): [size: number, at: number] {
  let size = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = data.readUInt8(from + index);
    size += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return [size, from + index + 1];
  }
  throw unreadable("a length in a JSON value is no length");
}

function textAt(data: Buffer, at: number, size: number): string {
  if (at + size > data.length) throw unreadable("a JSON value is cut short");
  return data.toString("utf8", at, at + size);
}

/** A whole number keeps a point, which tells it from an integer. */
function doubleText(value: number): string {
  const text = String(value);
  return Number.isInteger(value) && !text.includes("e") ? `${text}.0` : text.replace("e+", "e");
}
