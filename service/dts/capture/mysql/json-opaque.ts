import { TYPE } from "./column-type.ts";
import { decimalText } from "./decimal.ts";

/** Values of other types inside JSON, as the server writes them in its text. */
export function jsonOpaque(type: number, data: Buffer): string {
  switch (type) {
    case TYPE.newDecimal:
      return decimalText(data.subarray(2), 0, data.readUInt8(0), data.readUInt8(1));
    case TYPE.date:
    case TYPE.dateTime:
    case TYPE.timestamp:
    case TYPE.dateTime2:
    case TYPE.timestamp2:
      return JSON.stringify(dateTimeText(data, type === TYPE.date));
    case TYPE.time:
    case TYPE.time2:
      return JSON.stringify(timeText(data));
    default:
      return JSON.stringify(`base64:type${type}:${data.toString("base64")}`);
  }
}

/** 8 bytes little-endian: a fraction of 24 bits in microseconds, then the same parts as a DATETIME has. */
function dateTimeText(data: Buffer, isDate: boolean): string {
  const packed = data.readBigInt64LE(0);
  const magnitude = packed < 0n ? -packed : packed;
  const micros = Number(magnitude & 0xffffffn);
  const clock = Number((magnitude >> 24n) & 0x1ffffn);
  const days = Number(magnitude >> 41n);
  const months = Math.floor(days / 32);
  const date = `${pad(Math.floor(months / 13), 4)}-${pad(months % 13)}-${pad(days % 32)}`;
  return isDate ? date : `${date} ${clockText(clock)}.${pad(micros, 6)}`;
}

function timeText(data: Buffer): string {
  const packed = data.readBigInt64LE(0);
  const magnitude = packed < 0n ? -packed : packed;
  const clock = Number((magnitude >> 24n) & 0x3fffffn);
  return `${packed < 0n ? "-" : ""}${clockText(clock)}.${pad(Number(magnitude & 0xffffffn), 6)}`;
}

function clockText(clock: number): string {
  return `${pad((clock >>> 12) & 0x3ff)}:${pad((clock >>> 6) & 63)}:${pad(clock & 63)}`;
}

function pad(value: number, digits = 2): string {
  return String(value).padStart(digits, "0");
}
