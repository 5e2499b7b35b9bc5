import { writeDecimal, writeFloat, writeInteger } from "../../records/values.ts";
import { decimalBytes, decimalText } from "./decimal.ts";
import type { ValueReader } from "./value-reader.ts";

/** A float is exact in so many digits at most. */
const FLOAT_DIGITS_MAX = 9;
const FLOAT_DIGITS_MIN = 6;
/** Whole numbers up to here are floats as they are. */
const WHOLE_MAX = 2 ** 24;

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
  if (Number.isInteger(value) && Math.abs(value) <= WHOLE_MAX) return value;
  for (let digits = FLOAT_DIGITS_MIN; digits < FLOAT_DIGITS_MAX; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(FLOAT_DIGITS_MAX));
}

/** Of the precision and scale given. */
export function decimalReader(precision: number, scale: number): ValueReader {
  const size = decimalBytes(precision, scale);
  return (out, source, at) => {
    writeDecimal(out, decimalText(source, at, precision, scale), precision, scale);
    return at + size;
  };
}
