const FIRST_BYTES = 512;
const INT64_MAX = 2n ** 63n - 1n;

/** Collects one message. Large parts are kept as they are, between the parts that were written. */
export class Writer {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  /** Where the part that is being written began. */
  #from = 0;
  #at = 0;
  readonly #done: Uint8Array[] = [];
  #doneBytes = 0;

  /** Of all parts. */
  get length(): number {
    return this.#doneBytes + this.#at - this.#from;
  }

  bool(value: boolean): void {
    this.int8(value ? 1 : 0);
  }

  int8(value: number): void {
    this.#reserve(1);
    this.#at = this.#buffer.writeInt8(value, this.#at);
  }

  int16(value: number): void {
    this.#reserve(2);
    this.#at = this.#buffer.writeInt16BE(value, this.#at);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#at = this.#buffer.writeInt32BE(value, this.#at);
  }

  /** What was read as the largest is written as that: rounded, it is one more. */
  int64(value: number): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeBigInt64BE(value < 2 ** 63 ? BigInt(value) : INT64_MAX, this.#at);
  }

  uvarint(value: number): void {
    this.#reserve(5);
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.#buffer[this.#at++] = (rest & 0x7f) | 0x80;
    this.#buffer[this.#at++] = rest;
  }

  /** The length in front of a text, of bytes or of a list; -1 for null. */
  size(value: number, isCompact: boolean, width: 2 | 4): void {
    if (isCompact) this.uvarint(value + 1);
    else if (width === 2) this.int16(value);
    else this.int32(value);
  }

  string(value: string | null, isCompact: boolean): void {
    const length = value === null ? -1 : Buffer.byteLength(value);
    this.size(length, isCompact, 2);
    if (value === null) return;
    this.#reserve(length);
    this.#at += this.#buffer.write(value, this.#at, "utf8");
  }

  bytes(value: Uint8Array | null, isCompact: boolean): void {
    this.size(value?.length ?? -1, isCompact, 4);
    if (value) this.raw(value);
  }

  /** Without a length in front. */
  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#buffer.set(value, this.#at);
    this.#at += value.length;
  }

  /** Not copied: they must stay as they are until they are sent. */
  pieces(value: readonly Uint8Array[] | null, isCompact: boolean): void {
    let total = value ? 0 : -1;
    for (const piece of value ?? []) total += piece.length;
    this.size(total, isCompact, 4);
    if (!value || total === 0) return;
    this.#close();
    for (const piece of value) this.#done.push(piece);
    this.#doneBytes += total;
  }

  /** The parts in order; nothing may be written afterwards. */
  finish(): readonly Uint8Array[] {
    this.#close();
    return this.#done;
  }

  #close(): void {
    if (this.#at === this.#from) return;
    this.#done.push(this.#buffer.subarray(this.#from, this.#at));
    this.#doneBytes += this.#at - this.#from;
    this.#from = this.#at;
  }

  #reserve(bytes: number): void {
    const needed = this.#at - this.#from + bytes;
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * needed, FIRST_BYTES));
    this.#buffer.copy(larger, 0, this.#from, this.#at);
    this.#buffer = larger;
    this.#at -= this.#from;
    this.#from = 0;
  }
}
