/** Where a capture stands in the binary log: behind the end of a transaction. */
export interface MysqlPosition {
  /** Of the server whose log it is: MySQL's UUID, or MariaDB's server id as `id:1`. */
  readonly server: string;
  readonly file: string;
  /** In bytes; a log with one large transaction may be longer than 4 GiB. */
  readonly position: number;
  /** The last transaction's, where the log has them; empty before the first. */
  readonly gtid: string;
  /** Up to this second of the source's clock nothing is missing. */
  readonly seconds: number;
  /** Transactions committed before this second are not wanted; 0 for all. */
  readonly notBefore: number;
}

const VERSION = 1;

export function encodePosition(position: MysqlPosition): Uint8Array {
  return Buffer.from(JSON.stringify({ v: VERSION, ...position }));
}

/** Throws where the bytes are no position of MySQL. */
export function decodePosition(bytes: Uint8Array): MysqlPosition {
  const text = Buffer.from(bytes).toString("utf8");
  let value: (Partial<MysqlPosition> & { v?: unknown }) | undefined;
  try {
    value = JSON.parse(text) as Partial<MysqlPosition>;
  } catch {
    value = undefined;
  }
  if (value?.v !== VERSION || typeof value.file !== "string" || typeof value.position !== "number")
    throw new Error(`not a position in a MySQL source: ${JSON.stringify(text.slice(0, 100))}`);
  return {
    server: String(value.server),
    file: value.file,
    position: value.position,
    gtid: String(value.gtid ?? ""),
    seconds: Number(value.seconds ?? 0),
    notBefore: Number(value.notBefore ?? 0),
  };
}

/** As records show it: `binlog.000007:4711`. */
export function positionText(file: string, position: number): string {
  return `${file}:${position}`;
}
