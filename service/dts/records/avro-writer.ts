const SMALL_ZIGZAG_MAX = 0x3fffffff;
/** Below this a loop is faster than a copy. */
const SHORT_BYTES = 24;
const KEPT_BYTES_MAX = 1024 * 1024;

/** Writes Avro's binary form into one buffer that grows. */
export class AvroWriter {
  buffer: Buffer;
  length = 0;

  constructor(bytes = 64 * 1024) {
    this.buffer = Buffer.allocUnsafeSlow(bytes);
  }

  /** Makes room for `bytes` more. */
  reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  /** `int` and `long`: zigzag, seven bits a byte. Exact up to 2^53. */
  long(value: number): void {
    this.reserve(10);
    if (value >= -SMALL_ZIGZAG_MAX && value <= SMALL_ZIGZAG_MAX) {
      let rest = (value << 1) ^ (value >> 31);
      while (rest > 0x7f) {
        this.buffer[this.length++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      this.buffer[this.length++] = rest;
      return;
    }
    // 2^53 doubled is beyond what a number holds exactly, so the lowest seven bits are taken on their own.
    const isNegative = value < 0;
    const magnitude = isNegative ? -(value + 1) : value;
    let low = ((magnitude % 64) << 1) | (isNegative ? 1 : 0);
    let rest = Math.floor(magnitude / 64);
    while (rest > 0) {
      this.buffer[this.length++] = low | 0x80;
      low = rest % 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.length++] = low;
  }

  double(value: number): void {
    this.reserve(8);
    this.buffer.writeDoubleLE(value, this.length);
    this.length += 8;
  }

  /** Bytes as they are, without a length. */
  raw(bytes: Uint8Array): void {
    const size = bytes.length;
    this.reserve(size);
    if (size < SHORT_BYTES) {
      for (let at = 0; at < size; at += 1) this.buffer[this.length++] = bytes[at] as number;
      return;
    }
    this.buffer.set(bytes, this.length);
    this.length += size;
  }

  /** `bytes`, and `string` whose UTF-8 is at hand: a length and `source` from `start` up to `end`. */
  bytes(source: Uint8Array, start = 0, end = source.length): void {
    const size = end - start;
    this.long(size);
    this.reserve(size);
    if (size < SHORT_BYTES) {
      for (let at = start; at < end; at += 1) this.buffer[this.length++] = source[at] as number;
      return;
    }
    this.buffer.set(source.subarray(start, end), this.length);
    this.length += size;
  }

  string(text: string): void {
    if (text.length < SHORT_BYTES && this.#short(text)) return;
    const size = Buffer.byteLength(text);
    this.long(size);
    this.reserve(size);
    this.length += this.buffer.write(text, this.length);
  }

  /** Short texts of one byte each character, without a call into the runtime; false when it is no such text. */
  #short(text: string): boolean {
    const size = text.length;
    this.reserve(size + 1);
    const start = this.length + 1;
    for (let at = 0; at < size; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) return false;
      this.buffer[start + at] = code;
    }
    this.buffer[start - 1] = size << 1;
    this.length = start + size;
    return true;
  }

  /** What was written; a view, good until the next write. */
  view(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  /** The memory stays, unless something large has been written. */
  clear(): void {
    this.length = 0;
    if (this.buffer.length > KEPT_BYTES_MAX) this.buffer = Buffer.allocUnsafeSlow(KEPT_BYTES_MAX);
  }
}
