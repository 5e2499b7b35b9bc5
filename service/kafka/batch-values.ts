import { BATCH_HEADER_BYTES } from "./record-batch.ts";

const BASE_OFFSET_AT = 0;
const LENGTH_AT = 8;
/** The length counts from behind its own field. */
const LENGTH_FROM = 12;
const COUNT_AT = 57;

interface BatchValue {
  readonly offset: number;
  /** A view of the batch's memory. */
  readonly value: Uint8Array;
}

/**
 * The values of record batches that stand one behind the other: format 2, uncompressed, records without keys, as this
 * service writes them. Throws a RangeError where the bytes end too early.
 */
export function* valuesOf(batches: Uint8Array): Generator<BatchValue> {
  const view = new DataView(batches.buffer, batches.byteOffset, batches.byteLength);
  let start = 0;
  while (start < batches.length) {
    const baseOffset = Number(view.getBigInt64(start + BASE_OFFSET_AT));
    const end = start + LENGTH_FROM + view.getInt32(start + LENGTH_AT);
    if (end > batches.length) throw new RangeError("a record batch ends too early");
    const count = view.getInt32(start + COUNT_AT);
    const cursor = new Cursor(batches, start + BATCH_HEADER_BYTES);
    for (let read = 0; read < count; read += 1) {
      const length = cursor.varint();
      const next = cursor.at + length;
      // Attributes, one byte; then the time behind the batch's.
      cursor.at += 1;
      cursor.varint();
      const offset = baseOffset + cursor.varint();
      cursor.skip(cursor.varint());
      yield { offset, value: cursor.bytes(cursor.varint()) };
      cursor.at = next;
    }
    start = end;
  }
}

class Cursor {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Zigzag, at most 32 bits. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.at++];
      if (byte === undefined) break;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
    throw new RangeError("a record batch ends too early");
  }

  /** A length of -1 stands for nothing. */
  skip(length: number): void {
    this.at += Math.max(0, length);
  }

  bytes(length: number): Uint8Array {
    const end = this.at + length;
    if (length < 0 || end > this.#bytes.length) throw new RangeError("a record batch ends too early");
    return this.#bytes.subarray(this.at, end);
  }
}
