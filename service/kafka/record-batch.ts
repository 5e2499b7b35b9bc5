import { crc32c } from "./crc32c.ts";

/**
 * Record batch, format 2, uncompressed: base offset 8, length 4, leader epoch 4, magic 1, CRC-32C 4 (over all that follows
 * it), attributes 2, last offset delta 4, base timestamp 8, max timestamp 8, producer id 8, producer epoch 2, base sequence
 * 4, count 4, records.
 */
export const BATCH_HEADER_BYTES = 61;
const LENGTH_AT = 8;
const LEADER_EPOCH_AT = 12;
const MAGIC_AT = 16;
const CRC_AT = 17;
const ATTRIBUTES_AT = 21;
/** The length counts from behind its own field. */
const LENGTH_FROM = 12;
/** Length 5, attributes 1, timestamp delta 1, offset delta 5, key length 1, value length 5. */
const RECORD_HEAD_BYTES_MAX = 18;
const NO_KEY = 0x01;
const KEPT_BYTES_MAX = 1024 * 1024;

/** Collects records without keys, all of one time, into one batch. */
export class RecordBatch {
  #buffer: Buffer;
  #length = BATCH_HEADER_BYTES;
  #count = 0;

  constructor(bytes = 64 * 1024) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(bytes, 2 * BATCH_HEADER_BYTES));
  }

  get count(): number {
    return this.#count;
  }

  /** Of the whole batch as it stands. */
  get bytes(): number {
    return this.#length;
  }

  /** Copies `value` in as the next record. */
  add(value: Uint8Array): void {
    this.#reserve(value.length + RECORD_HEAD_BYTES_MAX + 1);
    const deltaBytes = varintBytes(this.#count << 1);
    const valueBytes = varintBytes(value.length << 1);
    // Attributes, timestamp delta, key length and header count take one byte each.
    this.#varint((4 + deltaBytes + valueBytes + value.length) << 1);
    this.#buffer[this.#length++] = 0;
    this.#buffer[this.#length++] = 0;
    this.#varint(this.#count << 1);
    this.#buffer[this.#length++] = NO_KEY;
    this.#varint(value.length << 1);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
    this.#buffer[this.#length++] = 0;
    this.#count += 1;
  }

  /** The batch as it is sent and stored, in memory of its own; this one is empty then. */
  seal(baseOffset: number, timestampMs: number): Uint8Array {
    const bytes = this.#buffer;
    bytes.writeBigInt64BE(BigInt(baseOffset), 0);
    bytes.writeInt32BE(this.#length - LENGTH_FROM, LENGTH_AT);
    bytes.writeInt32BE(-1, LEADER_EPOCH_AT);
    bytes[MAGIC_AT] = 2;
    bytes.writeInt16BE(0, ATTRIBUTES_AT);
    bytes.writeInt32BE(this.#count - 1, ATTRIBUTES_AT + 2);
    bytes.writeBigInt64BE(BigInt(timestampMs), ATTRIBUTES_AT + 6);
    bytes.writeBigInt64BE(BigInt(timestampMs), ATTRIBUTES_AT + 14);
    bytes.writeBigInt64BE(-1n, ATTRIBUTES_AT + 22);
    bytes.writeInt16BE(-1, ATTRIBUTES_AT + 30);
    bytes.writeInt32BE(-1, ATTRIBUTES_AT + 32);
    bytes.writeInt32BE(this.#count, ATTRIBUTES_AT + 36);
    bytes.writeUInt32BE(crc32c(bytes, ATTRIBUTES_AT, this.#length), CRC_AT);
    // What is large is handed over, not copied: its memory is given up anyway.
    const isLarge = bytes.length > KEPT_BYTES_MAX && bytes.buffer instanceof ArrayBuffer;
    const sealed = isLarge
      ? new Uint8Array(bytes.buffer.transfer(this.#length))
      : new Uint8Array(bytes.subarray(0, this.#length));
    if (isLarge) this.#buffer = Buffer.allocUnsafeSlow(KEPT_BYTES_MAX);
    this.clear();
    return sealed;
  }

  /** The memory stays, unless a large record has been added. */
  clear(): void {
    if (this.#buffer.length > KEPT_BYTES_MAX) this.#buffer = Buffer.allocUnsafeSlow(KEPT_BYTES_MAX);
    this.#length = BATCH_HEADER_BYTES;
    this.#count = 0;
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }

  #varint(zigzag: number): void {
    let rest = zigzag >>> 0;
    while (rest > 0x7f) {
      this.#buffer[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#buffer[this.#length++] = rest;
  }
}

function varintBytes(zigzag: number): number {
  const value = zigzag >>> 0;
  if (value < 1 << 7) return 1;
  if (value < 1 << 14) return 2;
  if (value < 1 << 21) return 3;
  return value < 1 << 28 ? 4 : 5;
}
