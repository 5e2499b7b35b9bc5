import { inflateRawSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { textOf } from "../failure.ts";
import { Cursor } from "./cursor.ts";
import { EVENT } from "./events.ts";
import { unreadable } from "./failure.ts";

/** Of one event or value; the server logs none larger. */
const BYTES_MAX = 0x4000_0000;

/** Plain kinds of MariaDB's compressed events. */
const PLAIN: ReadonlyMap<number, number> = new Map([
  [EVENT.compressedQuery, EVENT.query],
  [EVENT.compressedWriteRows1, EVENT.writeRows1],
  [EVENT.compressedUpdateRows1, EVENT.updateRows1],
  [EVENT.compressedDeleteRows1, EVENT.deleteRows1],
  [EVENT.compressedWriteRows2, EVENT.writeRows2],
  [EVENT.compressedUpdateRows2, EVENT.updateRows2],
  [EVENT.compressedDeleteRows2, EVENT.deleteRows2],
]);

/** The kind that an event is when it is inflated; the same for those that are not compressed. */
export function plainType(type: number): number {
  return PLAIN.get(type) ?? type;
}

/** MariaDB's part of an event: mark 1 with the algorithm and how many bytes the length has, length big-endian, zlib. */
export function inflateEvent(bytes: Buffer): Buffer {
  const mark = bytes.readUInt8(0);
  const lengthBytes = mark & 0x07;
  const algorithm = (mark & 0x70) >> 4;
  if (algorithm !== 0 || lengthBytes < 1 || lengthBytes > 4)
    throw unreadable(`an event is compressed in an unknown way (${mark})`);
  return inflate(bytes.subarray(1 + lengthBytes), bytes.readUIntBE(1, lengthBytes), inflateSync);
}

/** MariaDB's column: mark 1 with the method, how it is wrapped and how many bytes the length has, then as above. */
export function inflateColumn(bytes: Buffer): Buffer {
  if (bytes.length === 0) return bytes;
  const mark = bytes.readUInt8(0);
  if (mark === 0) return bytes.subarray(1);
  const lengthBytes = mark & 0x07;
  if (mark >> 4 !== 8 || lengthBytes < 1 || lengthBytes > 4)
    throw unreadable(`a column is compressed in an unknown way (${mark})`);
  const method = (mark & 0x08) === 0 ? inflateSync : inflateRawSync;
  return inflate(bytes.subarray(1 + lengthBytes), bytes.readUIntBE(1, lengthBytes), method);
}

const PAYLOAD_END = 0;
const PAYLOAD_SIZE = 1;
const PAYLOAD_COMPRESSION = 2;
const PAYLOAD_PLAIN_SIZE = 3;
const ZSTD = 0;
const NONE = 255;

/** MySQL's whole transaction in one event: kind, length and value of each field, then the events. Gives the events. */
export function inflatePayload(bytes: Buffer, start: number, end: number): Buffer {
  const cursor = new Cursor(bytes, start, end);
  let compression = NONE;
  let plainSize = 0;
  let size = -1;
  for (let kind = cursor.packed(); kind !== PAYLOAD_END; kind = cursor.packed()) {
    const length = cursor.packed();
    const value = new Cursor(bytes, cursor.skip(length), cursor.at);
    if (kind === PAYLOAD_SIZE) size = value.packed();
    else if (kind === PAYLOAD_COMPRESSION) compression = value.packed();
    else if (kind === PAYLOAD_PLAIN_SIZE) plainSize = value.packed();
  }
  const events = cursor.slice(size < 0 ? end - cursor.at : size);
  if (compression === NONE) return events;
  if (compression !== ZSTD)
    throw unreadable(`a transaction is compressed in an unknown way (${compression})`);
  return inflate(events, plainSize, zstdDecompressSync);
}

function inflate(
  bytes: Buffer,
  size: number,
  method: (bytes: Buffer, options: { maxOutputLength: number }) => Buffer,
): Buffer {
  if (size > BYTES_MAX)
    throw unreadable(`${size} bytes are compressed in one event; ${BYTES_MAX} is the most`);
  try {
    const plain = method(bytes, { maxOutputLength: Math.max(size, 1) });
    if (plain.length !== size) throw new Error(`${plain.length} bytes instead of ${size}`);
    return plain;
  } catch (error) {
    throw unreadable(`what is compressed cannot be inflated (${textOf(error)})`);
  }
}
