import { crc32 } from "node:zlib";
import { unreadable } from "./failure.ts";

/** Kinds of events that are understood here; those of 160 and more are MariaDB's own. */
export const EVENT = {
  query: 2,
  stop: 3,
  rotate: 4,
  formatDescription: 15,
  xid: 16,
  tableMap: 19,
  writeRows1: 23,
  updateRows1: 24,
  deleteRows1: 25,
  incident: 26,
  heartbeat: 27,
  writeRows2: 30,
  updateRows2: 31,
  deleteRows2: 32,
  gtid: 33,
  anonymousGtid: 34,
  xaPrepare: 38,
  partialUpdateRows: 39,
  transactionPayload: 40,
  heartbeat2: 41,
  gtidTagged: 42,
  annotateRows: 160,
  mariadbGtid: 162,
  startEncryption: 164,
  compressedQuery: 165,
  compressedWriteRows1: 166,
  compressedUpdateRows1: 167,
  compressedDeleteRows1: 168,
  compressedWriteRows2: 169,
  compressedUpdateRows2: 170,
  compressedDeleteRows2: 171,
} as const;

/** Time 4, type 1, server id 4, size 4, position of its end 4, flags 2. */
const EVENT_HEADER_BYTES = 19;
const SIZE_AT = 9;
const END_AT = 13;
const FLAGS_AT = 17;
const ARTIFICIAL = 0x20;
const CHECKSUM_BYTES = 4;
const CRC32 = 1;
const WORD = 0x1_0000_0000;

/** One event as it lies in the bytes that it came in; the same object for each. */
export class BinlogEvent {
  bytes: Buffer = Buffer.alloc(0);
  type = 0;
  /** Seconds since the epoch. */
  seconds = 0;
  serverId = 0;
  /** Of the event's end in its file, its lower 32 bits; 0 where it is in no file. */
  endPosition = 0;
  /** Made for this connection, or in no file. */
  isArtificial = false;
  /** Of the body, which goes up to `end` and has no checksum any more. */
  start = 0;
  end = 0;
}

/** What the format description says of the events behind it. */
export interface BinlogFormat {
  /** As the server writes it: `8.0.36`, `10.11.6-MariaDB-log`. */
  readonly serverVersion: string;
  readonly hasChecksums: boolean;
  /** Length of the fixed part of each type's body by the type. */
  readonly fixedBytes: Uint8Array;
}

/** Where the event ends that begins at `start`, of several that lie behind each other. */
export function eventEnd(bytes: Buffer, start: number): number {
  if (bytes.length - start < EVENT_HEADER_BYTES) throw unreadable("an event is cut short");
  const end = start + bytes.readUInt32LE(start + SIZE_AT);
  if (end > bytes.length || end < start + EVENT_HEADER_BYTES) throw unreadable("an event is cut short");
  return end;
}

/** Splits off header and checksum. The checksum is verified: what a disk or a network has altered is not handed on. */
export function readEvent(
  bytes: Buffer,
  start: number,
  end: number,
  format: BinlogFormat | undefined,
  into: BinlogEvent,
): BinlogEvent {
  if (end - start < EVENT_HEADER_BYTES || bytes.readUInt32LE(start + SIZE_AT) !== end - start)
    throw unreadable(`an event of ${end - start} bytes says that it has another length`);
  into.bytes = bytes;
  into.seconds = bytes.readUInt32LE(start);
  into.type = bytes[start + 4] as number;
  into.serverId = bytes.readUInt32LE(start + 5);
  into.endPosition = bytes.readUInt32LE(start + END_AT);
  into.isArtificial = (bytes.readUInt16LE(start + FLAGS_AT) & ARTIFICIAL) !== 0;
  into.start = start + EVENT_HEADER_BYTES;
  into.end = end;
  // The format description tells of its own checksum itself.
  if (format?.hasChecksums && into.type !== EVENT.formatDescription) {
    into.end = end - CHECKSUM_BYTES;
    verify(bytes, start, into);
  } else if (!format && into.type === EVENT.rotate && endsWithChecksum(bytes, start, end)) {
    // The first event of all names the file, and comes before what tells whether it has a checksum.
    into.end = end - CHECKSUM_BYTES;
  }
  return into;
}

function endsWithChecksum(bytes: Buffer, start: number, end: number): boolean {
  const at = end - CHECKSUM_BYTES;
  return at >= start + EVENT_HEADER_BYTES && crc32(bytes.subarray(start, at)) === bytes.readUInt32LE(at);
}

function verify(bytes: Buffer, start: number, event: BinlogEvent): void {
  if (event.end < event.start) throw unreadable("an event is shorter than its checksum");
  if (crc32(bytes.subarray(start, event.end)) !== bytes.readUInt32LE(event.end))
    throw unreadable(
      `the checksum of the event of type ${event.type} that ends at ${event.endPosition} is wrong`,
    );
}

/** Version 2, server version 50, created 4, header length 1, a byte for each type, checksum algorithm 1, checksum 4. */
export function readFormat({ bytes, start, end }: BinlogEvent): BinlogFormat {
  const lengthsAt = start + 57;
  if (end - lengthsAt < CHECKSUM_BYTES + 1) throw unreadable("a format description is cut short");
  if (bytes[lengthsAt - 1] !== EVENT_HEADER_BYTES)
    throw unreadable(`event headers have ${bytes[lengthsAt - 1]} bytes`);
  const serverVersion = bytes.toString("latin1", start + 2, start + 52).replace(/\0.*$/s, "");
  const hasAlgorithm = knowsChecksums(serverVersion);
  const lengthsEnd = hasAlgorithm ? end - CHECKSUM_BYTES - 1 : end;
  const algorithm = hasAlgorithm ? (bytes[lengthsEnd] as number) : 0;
  if (algorithm > CRC32 && algorithm !== 0xff)
    throw unreadable(`events have the unknown checksum algorithm ${algorithm}`);
  const fixedBytes = new Uint8Array(256);
  fixedBytes.set(bytes.subarray(lengthsAt, Math.min(lengthsEnd, lengthsAt + 255)), 1);
  return { serverVersion, hasChecksums: algorithm === CRC32, fixedBytes };
}

/** MySQL 5.6.1 and MariaDB 5.3 began to write checksums. */
function knowsChecksums(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 5 || (major === 5 && minor >= 6) || (/mariadb/i.test(version) && minor >= 3);
}

/** Position 8, file name. */
export function readRotate({ bytes, start, end }: BinlogEvent): { file: string; position: number } {
  if (end - start < 9) throw unreadable("a rotate event is cut short");
  const position = bytes.readUInt32LE(start) + bytes.readUInt32LE(start + 4) * WORD;
  return { file: bytes.toString("utf8", start + 8, end), position };
}
