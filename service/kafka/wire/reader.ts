import { WireError } from "./wire-error.ts";

/** Elements of all arrays of one message; real requests have a handful. */
const ELEMENTS_MAX = 10_000;
const STRING_BYTES_MAX = 32_767;

/** Reads values from one frame; whatever would leave the frame is a WireError. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  #elements = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  bool(): boolean {
    return this.int8() !== 0;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#take(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  /** Rounded beyond 2^53. */
  int64(): number {
    const at = this.#take(8);
    return this.#bytes.readInt32BE(at) * 0x1_0000_0000 + this.#bytes.readUInt32BE(at + 4);
  }

  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#take(1)] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new WireError("a number of more than five bytes");
  }

  /** Null for the length -1, or 0 in the compact form. */
  string(isCompact: boolean): string | null {
    const length = isCompact ? this.uvarint() - 1 : this.int16();
    if (length < 0) return this.#absent(length);
    if (length > STRING_BYTES_MAX) throw new WireError(`a text of ${length} bytes`);
    const at = this.#take(length);
    return this.#bytes.toString("utf8", at, at + length);
  }

  /** A view of the frame; null as for texts. */
  bytes(isCompact: boolean): Uint8Array | null {
    const length = isCompact ? this.uvarint() - 1 : this.int32();
    if (length < 0) return this.#absent(length);
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  /** Elements that follow; null as for texts. Never more than the frame can hold. */
  count(isCompact: boolean): number | null {
    const count = isCompact ? this.uvarint() - 1 : this.int32();
    if (count < 0) return this.#absent(count);
    this.#elements += count;
    if (count > this.remaining || this.#elements > ELEMENTS_MAX) throw new WireError(`a list of ${count}`);
    return count;
  }

  /** The next bytes as something to read by itself; counts its elements on its own. */
  part(length: number): Reader {
    const at = this.#take(length);
    return new Reader(this.#bytes.subarray(at, at + length));
  }

  #absent(length: number): null {
    if (length === -1) return null;
    throw new WireError(`a length of ${length}`);
  }

  #take(length: number): number {
    const at = this.#at;
    if (length > this.#bytes.length - at) throw new WireError("the frame ends inside a value");
    this.#at = at + length;
    return at;
  }
}
