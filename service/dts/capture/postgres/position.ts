/**
 * Where a capture stands in the WAL: every transaction whose commit record begins below `lsn` is behind it. LSNs are
 * numbers here: exact up to 2^53, which is 9 petabytes of WAL.
 */
interface PostgresPosition {
  /** Of the cluster, as decimal digits: it is as large as 2^64. */
  readonly systemId: string;
  readonly timeline: number;
  readonly lsn: number;
  /** Up to this second of the source's clock nothing is missing. */
  readonly seconds: number;
}

const VERSION = 1;
const BYTES = 29;
const TIMELINE_AT = 9;
const LSN_AT = 13;
const SECONDS_AT = 21;
const WORD = 0x1_0000_0000;

/** Version 1, system identifier 8, timeline 4, LSN 8, seconds 8; big-endian. */
export function encodePosition({ systemId, timeline, lsn, seconds }: PostgresPosition): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  view.setBigUint64(1, BigInt(systemId));
  view.setUint32(TIMELINE_AT, timeline);
  moveTo(bytes, lsn, seconds);
  return bytes;
}

/** A further position in the same source. */
export function advance(from: Uint8Array, lsn: number, seconds: number): Uint8Array {
  const bytes = new Uint8Array(BYTES);
  bytes.set(from);
  moveTo(bytes, lsn, seconds);
  return bytes;
}

/** Throws where the bytes are no position of PostgreSQL. */
export function decodePosition(bytes: Uint8Array): PostgresPosition {
  if (bytes.length !== BYTES || bytes[0] !== VERSION)
    throw new Error(`not a position in a PostgreSQL source: ${bytes.length} bytes, version ${bytes[0]}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    systemId: String(view.getBigUint64(1)),
    timeline: view.getUint32(TIMELINE_AT),
    lsn: view.getUint32(LSN_AT) * WORD + view.getUint32(LSN_AT + 4),
    seconds: view.getUint32(SECONDS_AT) * WORD + view.getUint32(SECONDS_AT + 4),
  };
}

/** As PostgreSQL writes it: `16/B374D848`. */
export function lsnText(lsn: number): string {
  return `${Math.floor(lsn / WORD)
    .toString(16)
    .toUpperCase()}/${(lsn % WORD).toString(16).toUpperCase()}`;
}

export function parseLsn(text: string): number {
  const parts = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i.exec(text);
  if (!parts) throw new Error(`not an LSN: ${JSON.stringify(text)}`);
  return Number.parseInt(parts[1] as string, 16) * WORD + Number.parseInt(parts[2] as string, 16);
}

function moveTo(bytes: Uint8Array, lsn: number, seconds: number): void {
  word(bytes, LSN_AT, Math.floor(lsn / WORD));
  word(bytes, LSN_AT + 4, lsn % WORD);
  word(bytes, SECONDS_AT, Math.floor(seconds / WORD));
  word(bytes, SECONDS_AT + 4, seconds % WORD);
}

/** Once for each transaction, where a DataView would cost more than the rest. */
function word(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value / 0x1000000;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
