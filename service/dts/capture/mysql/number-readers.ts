import { writeDecimal, writeFloat, writeInteger } from "../../records/values.ts";
import type { ValueReader } from "./value-reader.ts";

const DIGITS_IN_WORD = 9;
/** Bytes that so many digits take. */
const DIGIT_BYTES = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];
/** A float is exact in so many digits at most. */
const FLOAT_DIGITS_MAX = 9;
const FLOAT_DIGITS_MIN = 6;

/** Integers of 1, 2, 3, 4 or 8 bytes, little-endian. */
export function integerReader(bytes: number, isUnsigned: boolean): ValueReader {
  if (bytes === 8) {
    return (out, source, at) => {
      const value = isUnsigned ? source.readBigUInt64LE(at) : source.readBigInt64LE(at);
      writeInteger(out, 8, String(value));
      return at + 8;
    };
  }
  return (out, source, at) => {
    const value = isUnsigned ? source.readUIntLE(at, bytes) : source.readIntLE(at, bytes);
    writeInteger(out, bytes, String(value));
    return at + bytes;
  };
}

/** Big-endian; the lower byte of `meta` is bits beyond whole bytes, the upper one whole bytes. */
export function bitReader(meta: number): ValueReader {
  const bytes = (((meta >> 8) * 8 + (meta & 0xff) + 7) >> 3) | 0;
  return (out, source, at) => {
    const digits = bytes > 6 ? wide(source, at, bytes) : source.readUIntBE(at, bytes);
    writeInteger(out, bytes, String(digits));
    return at + bytes;
  };
}

function wide(source: Buffer, at: number, bytes: number): bigint {
  const high = source.readUIntBE(at, bytes - 4);
  return (BigInt(high) << 32n) | BigInt(source.readUInt32BE(at + bytes - 4));
}

export const readDouble: ValueReader = (out, bytes, at) => {
  writeFloat(out, bytes.readDoubleLE(at), 53, 0);
  return at + 8;
};

export const readFloat: ValueReader = (out, bytes, at) => {
  writeFloat(out, shortest(bytes.readFloatLE(at)), 24, 0);
  return at + 4;
};

/** 0.1 rather than 0.10000000149011612, which is the same float. */
function shortest(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  for (let digits = FLOAT_DIGITS_MIN; digits < FLOAT_DIGITS_MAX; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(FLOAT_DIGITS_MAX));
}

/**
 * Nine digits in each 4 bytes big-endian, fewer in as few as they need: those before the point from the right, those behind
 * it from the left. The highest bit is set for numbers that are not negative; of negative ones all bits are turned over.
 */
export function decimalReader(precision: number, scale: number): ValueReader {
  const whole = precision - scale;
  const groups = [
    whole % DIGITS_IN_WORD,
    ...new Array<number>(Math.floor(whole / DIGITS_IN_WORD)).fill(DIGITS_IN_WORD),
  ];
  const fraction = [
    ...new Array<number>(Math.floor(scale / DIGITS_IN_WORD)).fill(DIGITS_IN_WORD),
    scale % DIGITS_IN_WORD,
  ];
  const sizeOf = (digits: number) => DIGIT_BYTES[digits] as number;
  const size = [...groups, ...fraction].reduce((sum, digits) => sum + sizeOf(digits), 0);
  return (out, source, at) => {
    const isNegative = (source.readUInt8(at) & 0x80) === 0;
    let place = at;
    const next = (digits: number): number => {
      const bytes = sizeOf(digits);
      if (bytes === 0) return 0;
      let raw = source.readUIntBE(place, bytes);
      if (place === at) raw ^= 0x80 << (8 * (bytes - 1));
      place += bytes;
      return isNegative ? (~raw >>> 0) & (2 ** (8 * bytes) - 1) : raw;
    };
    let text = "";
    for (const digits of groups) {
      const value = next(digits) >>> 0;
      if (text !== "") text += String(value).padStart(digits, "0");
      else if (value !== 0) text = String(value);
    }
    text ||= "0";
    if (scale > 0) text += ".";
    for (const digits of fraction) {
      if (digits > 0) text += String(next(digits) >>> 0).padStart(digits, "0");
    }
    writeDecimal(out, isNegative ? `-${text}` : text, precision, scale);
    return at + size;
  };
}
