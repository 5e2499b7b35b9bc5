import { crc32 } from "node:zlib";
import type { LogEntry } from "./log.ts";

/**
 * One entry on disk, all numbers little endian: magic 4, CRC-32 4 (over all that follows it), version 1, flags 1, bytes of
 * the position 2, bytes of the payload 4, base offset 8, records 4, CRC-32 of the head 4 (over the rest of it but magic and first CRC), seconds of the first record 8, of the last 8,
 * seconds when it was appended 8, bytes of the segment that were durable before it was written 8; position; payload.
 */
export const FRAME_HEAD_BYTES = 64;
/** "LOGF" */
export const FRAME_MAGIC = Buffer.from([0x4c, 0x4f, 0x47, 0x46]);
const MAGIC_NUMBER = FRAME_MAGIC.readUInt32LE();
const CRC_AT = 4;
const HEAD_CRC_AT = 28;
/** From here on the checksum covers everything. */
export const CRC_FROM = 8;
const VERSION = 1;
const COMPLETE = 1;
const STARTS = 2;

export interface FrameHead {
  readonly crc: number;
  readonly complete: boolean;
  /** True when the entry before it was complete: a reader may start here. */
  readonly starts: boolean;
  readonly positionBytes: number;
  readonly payloadBytes: number;
  readonly baseOffset: number;
  readonly nextOffset: number;
  readonly firstSeconds: number;
  readonly lastSeconds: number;
  /** By the clock of this machine. */
  readonly appendedSeconds: number;
  /** So much of the segment was durable before this frame was written: what proves a hole to be damage. */
  readonly durableBytes: number;
  /** Of the whole frame. */
  readonly bytes: number;
}

interface FrameContext {
  readonly starts: boolean;
  readonly appendedSeconds: number;
  readonly durableBytes: number;
}

/** Head and position of the frame; the payload is written behind them as it is. */
export function encodeFrame(entry: LogEntry, context: FrameContext): Buffer {
  const { position, payload } = entry;
  const head = Buffer.allocUnsafe(FRAME_HEAD_BYTES + position.length);
  FRAME_MAGIC.copy(head, 0);
  head[8] = VERSION;
  head[9] = (entry.complete ? COMPLETE : 0) | (context.starts ? STARTS : 0);
  head.writeUInt16LE(position.length, 10);
  head.writeUInt32LE(payload.length, 12);
  head.writeBigInt64LE(BigInt(entry.baseOffset), 16);
  head.writeUInt32LE(entry.recordCount, 24);
  head.writeBigInt64LE(BigInt(entry.firstSeconds), 32);
  head.writeBigInt64LE(BigInt(entry.lastSeconds), 40);
  head.writeBigInt64LE(BigInt(context.appendedSeconds), 48);
  head.writeBigInt64LE(BigInt(context.durableBytes), 56);
  head.writeUInt32LE(headCrc(head, 0), HEAD_CRC_AT);
  head.set(position, FRAME_HEAD_BYTES);
  head.writeUInt32LE(crc32(payload, crc32(head.subarray(CRC_FROM))), CRC_AT);
  return head;
}

function headCrc(bytes: Buffer, at: number): number {
  const first = crc32(bytes.subarray(at + CRC_FROM, at + HEAD_CRC_AT));
  return crc32(bytes.subarray(at + HEAD_CRC_AT + 4, at + FRAME_HEAD_BYTES), first);
}

/** The head at this place of the buffer, which holds it wholly; undefined when none is there or it is damaged. */
export function decodeFrameHead(bytes: Buffer, at: number): FrameHead | undefined {
  if (bytes.readUInt32LE(at) !== MAGIC_NUMBER || bytes[at + 8] !== VERSION) return undefined;
  if (bytes.readUInt32LE(at + HEAD_CRC_AT) !== headCrc(bytes, at)) return undefined;
  const flags = bytes[at + 9] as number;
  const positionBytes = bytes.readUInt16LE(at + 10);
  const payloadBytes = bytes.readUInt32LE(at + 12);
  const baseOffset = Number(bytes.readBigInt64LE(at + 16));
  return {
    crc: bytes.readUInt32LE(at + CRC_AT),
    complete: (flags & COMPLETE) !== 0,
    starts: (flags & STARTS) !== 0,
    positionBytes,
    payloadBytes,
    baseOffset,
    nextOffset: baseOffset + bytes.readUInt32LE(at + 24),
    firstSeconds: Number(bytes.readBigInt64LE(at + 32)),
    lastSeconds: Number(bytes.readBigInt64LE(at + 40)),
    appendedSeconds: Number(bytes.readBigInt64LE(at + 48)),
    durableBytes: Number(bytes.readBigInt64LE(at + 56)),
    bytes: FRAME_HEAD_BYTES + positionBytes + payloadBytes,
  };
}

/** Whether the frame, which the buffer holds wholly, is as it was written. */
export function isFrameWhole(bytes: Buffer, at: number, head: FrameHead): boolean {
  return crc32(bytes.subarray(at + CRC_FROM, at + head.bytes)) === head.crc;
}

export function payloadOf(bytes: Buffer, at: number, head: FrameHead): Uint8Array {
  return bytes.subarray(at + head.bytes - head.payloadBytes, at + head.bytes);
}
