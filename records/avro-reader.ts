import { RecordError } from "./record-error.ts";

const utf8 = new TextDecoder("utf-8");

/** Items of one list: more than any source has columns. A few bytes of a record must not become much memory. */
const ITEMS_MAX = 65_536;

/** Reads Avro's binary form, each read behind the one before. Throws RecordError when the bytes end too early. */
export class AvroReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** `int` and `long`: zigzag, seven bits a byte. Throws for what a number does not hold exactly. */
  long(): number {
    const first = this.#byte();
    // The lowest bit is the sign, so the first byte brings six bits of the magnitude and every other one seven.
    let magnitude = (first & 0x7f) >>> 1;
    let factor = 64;
    for (let byte = first; byte > 0x7f; factor *= 128) {
      byte = this.#byte();
      magnitude += (byte & 0x7f) * factor;
      if (magnitude > Number.MAX_SAFE_INTEGER) throw this.broken("a number beyond 2^53");
      if (factor > 2 ** 62) throw this.broken("a number of more than ten bytes");
    }
    return (first & 1) === 1 ? -magnitude - 1 : magnitude;
  }

  double(): number {
    const at = this.#skip(8);
    return this.#view.getFloat64(at, true);
  }

  /** A view of the record's own memory. */
  bytes(): Uint8Array {
    const size = this.#size();
    const at = this.#skip(size);
    return this.#bytes.subarray(at, at + size);
  }

  string(): string {
    return utf8.decode(this.bytes());
  }

  /** The place of a union's branch or of an enum's word, below `count`. */
  choice(count: number, what: string): number {
    const index = this.long();
    if (index < 0 || index >= count) throw this.broken(`${what} ${index}, expected 0 to ${count - 1}`);
    return index;
  }

  /** Blocks of items up to an empty one, as arrays and maps are written. */
  blocks(readItem: () => void): void {
    for (let items = 0; ; ) {
      let count = this.long();
      if (count === 0) return;
      // A negative count is followed by the size of the block in bytes.
      if (count < 0) {
        count = -count;
        this.long();
      }
      items += count;
      // Every item takes a byte at least: a count beyond what is left is not read item by item.
      if (count > this.#bytes.length - this.#at || items > ITEMS_MAX)
        throw this.broken(`a list of ${items} items`);
      for (let item = 0; item < count; item += 1) readItem();
    }
  }

  /** What is wrong with what was read last; `what` never quotes it. */
  broken(what: string): RecordError {
    return new RecordError(
      "NOT_A_RECORD",
      `byte ${this.#at} of ${this.#bytes.length}: ${what}. The value is no change record, or was cut.`,
    );
  }

  #size(): number {
    const size = this.long();
    if (size < 0) throw this.broken(`a length of ${size}`);
    return size;
  }

  #byte(): number {
    return this.#bytes[this.#skip(1)] as number;
  }

  #skip(size: number): number {
    const at = this.#at;
    if (at + size > this.#bytes.length) throw this.broken(`${size} bytes more than there are`);
    this.#at += size;
    return at;
  }
}
