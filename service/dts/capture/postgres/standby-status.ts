/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_MS = 946_684_800_000;
const WORD = 0x1_0000_0000;
const BYTES = 34;
const STANDBY_STATUS = 0x72;
const WRITE_AT = 1;
const FLUSH_AT = 9;
const APPLY_AT = 17;
const TIME_AT = 25;
const REPLY_AT = 33;

/** What the source is told: what was received, and what is durable and may be thrown away there. */
export function standbyStatus(received: number, durable: number, nowMs: number, wantsReply: boolean): Buffer {
  const bytes = Buffer.alloc(BYTES);
  bytes[0] = STANDBY_STATUS;
  writeLong(bytes, WRITE_AT, Math.max(received, durable));
  writeLong(bytes, FLUSH_AT, durable);
  writeLong(bytes, APPLY_AT, durable);
  writeLong(bytes, TIME_AT, (nowMs - EPOCH_MS) * 1000);
  bytes[REPLY_AT] = wantsReply ? 1 : 0;
  return bytes;
}

function writeLong(bytes: Buffer, at: number, value: number): void {
  bytes.writeUInt32BE(Math.floor(value / WORD), at);
  bytes.writeUInt32BE(value % WORD, at + 4);
}
