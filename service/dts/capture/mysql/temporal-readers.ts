import { writeDateTime, writeTimestamp } from "../../records/values.ts";
import type { ValueReader } from "./value-reader.ts";

const TIME2_ZERO = 0x800000;
const DATETIME2_ZERO = 0x80_0000_0000;
/** Digits of a fraction by the bytes that it takes: what one unit is in microseconds. */
const UNIT_MICROS = [0, 10_000, 100, 1];

/** 3 bytes: 15 bits year, 4 month, 5 day. */
export const readDate: ValueReader = (out, bytes, at) => {
  const packed = bytes.readUIntLE(at, 3);
  writeDateTime(out, { year: packed >>> 9, month: (packed >>> 5) & 15, day: packed & 31 });
  return at + 3;
};

/** Years from 1901; 0 is the year 0. */
export const readYear: ValueReader = (out, bytes, at) => {
  const packed = bytes.readUInt8(at);
  writeDateTime(out, { year: packed === 0 ? 0 : 1900 + packed });
  return at + 1;
};

/** The form before MySQL 5.6.4: 3 bytes, a signed decimal number HHMMSS. */
export const readTimeOld: ValueReader = (out, bytes, at) => {
  const packed = bytes.readIntLE(at, 3);
  const magnitude = Math.abs(packed);
  writeTime(
    out,
    packed < 0,
    Math.floor(magnitude / 10_000),
    Math.floor(magnitude / 100) % 100,
    magnitude % 100,
    0,
  );
  return at + 3;
};

/** 3 bytes big-endian, 10 bits hour, 6 minute, 6 second, with a bit for the sign above; the fraction belongs to the number. */
export function timeReader(digits: number): ValueReader {
  const fractionBytes = (digits + 1) >> 1;
  const unit = UNIT_MICROS[fractionBytes] as number;
  const fractions = 2 ** (8 * fractionBytes);
  return (out, bytes, at) => {
    const whole = bytes.readUIntBE(at, 3 + fractionBytes) - TIME2_ZERO * fractions;
    const isNegative = whole < 0;
    const magnitude = isNegative ? -whole : whole;
    const clock = Math.floor(magnitude / fractions);
    const micros = (magnitude % fractions) * unit;
    writeTime(out, isNegative, (clock >>> 12) & 0x3ff, (clock >>> 6) & 63, clock & 63, micros);
    return at + 3 + fractionBytes;
  };
}

/** The form before MySQL 5.6.4: 8 bytes, a decimal number YYYYMMDDHHMMSS. */
export const readDateTimeOld: ValueReader = (out, bytes, at) => {
  const packed = bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 0x1_0000_0000;
  const date = Math.floor(packed / 1_000_000);
  const time = packed % 1_000_000;
  writeDateTime(out, {
    year: Math.floor(date / 10_000),
    month: Math.floor(date / 100) % 100,
    day: date % 100,
    hour: Math.floor(time / 10_000),
    minute: Math.floor(time / 100) % 100,
    second: time % 100,
    micros: 0,
  });
  return at + 8;
};

/** 5 bytes big-endian: sign 1, year times 13 and month 17, day 5, hour 5, minute 6, second 6; then the fraction. */
export function dateTimeReader(digits: number): ValueReader {
  const fractionBytes = (digits + 1) >> 1;
  const unit = UNIT_MICROS[fractionBytes] as number;
  return (out, bytes, at) => {
    const packed = bytes.readUIntBE(at, 5) - DATETIME2_ZERO;
    const days = Math.floor(packed / 0x2_0000);
    const clock = packed % 0x2_0000;
    const months = Math.floor(days / 32);
    writeDateTime(out, {
      year: Math.floor(months / 13),
      month: months % 13,
      day: days % 32,
      hour: clock >>> 12,
      minute: (clock >>> 6) & 63,
      second: clock & 63,
      micros: fractionBytes === 0 ? 0 : bytes.readUIntBE(at + 5, fractionBytes) * unit,
    });
    return at + 5 + fractionBytes;
  };
}

export const readTimestampOld: ValueReader = (out, bytes, at) => {
  writeTimestamp(out, bytes.readUInt32LE(at), 0);
  return at + 4;
};

/** 4 bytes big-endian, then the fraction. */
export function timestampReader(digits: number): ValueReader {
  const fractionBytes = (digits + 1) >> 1;
  const unit = UNIT_MICROS[fractionBytes] as number;
  return (out, bytes, at) => {
    const micros = fractionBytes === 0 ? 0 : bytes.readUIntBE(at + 4, fractionBytes) * unit;
    writeTimestamp(out, bytes.readUInt32BE(at), micros);
    return at + 4 + fractionBytes;
  };
}

function writeTime(
  out: Parameters<ValueReader>[0],
  isNegative: boolean,
  hour: number,
  minute: number,
  second: number,
  micros: number,
): void {
  // Adding 0 takes the sign from a zero.
  const sign = isNegative ? -1 : 1;
  writeDateTime(out, {
    hour: sign * hour + 0,
    minute: sign * minute + 0,
    second: sign * second + 0,
    micros: sign * micros + 0,
  });
}
