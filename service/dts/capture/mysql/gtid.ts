import { Cursor } from "./cursor.ts";
import type { BinlogEvent } from "./events.ts";

const STANDALONE = 0x01;
const COMMIT_TIME_AT = 1 + 16 + 8 + 1 + 8 + 8;
const COMMIT_TIME_BYTES = 7;

export interface Gtid {
  readonly text: string;
  /** One statement without BEGIN and COMMIT; only MariaDB tells. */
  readonly isStandalone: boolean;
  /** Of the commit where the event tells it; else 0. */
  readonly commitSeconds: number;
}

/** MariaDB: sequence 8, domain 4, flags 1. The server that committed it stands in the header. */
export function readMariadbGtid({ bytes, start, end, serverId }: BinlogEvent): Gtid {
  const cursor = new Cursor(bytes, start, end);
  const sequence = cursor.long();
  const domain = cursor.uint(4);
  const flags = cursor.byte();
  return {
    text: `${domain}-${serverId}-${sequence}`,
    isStandalone: (flags & STANDALONE) !== 0,
    commitSeconds: 0,
  };
}

/**
 * MySQL: flags 1, server 16, number 8, kind of the clock 1, last committed 8, sequence 8, commit time 7 in microseconds;
 * anonymous ones have the same form with zeros.
 */
export function readMysqlGtid({ bytes, start, end }: BinlogEvent, isAnonymous: boolean): Gtid {
  const cursor = new Cursor(bytes, start, end);
  cursor.skip(1);
  const uuid = cursor.slice(16).toString("hex");
  const number = cursor.long();
  const dashed = uuid.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return {
    text: isAnonymous ? "" : `${dashed}:${number}`,
    isStandalone: false,
    commitSeconds: commitSeconds(bytes, start, end),
  };
}

/** The highest bit says that the original commit's time follows. */
function commitSeconds(bytes: Buffer, start: number, end: number): number {
  const at = start + COMMIT_TIME_AT;
  if (end < at + COMMIT_TIME_BYTES) return 0;
  const low = bytes.readUIntLE(at, 4);
  const high = bytes.readUIntLE(at + 4, 3) & 0x7fffff;
  return Math.floor((high * 0x1_0000_0000 + low) / 1_000_000);
}
