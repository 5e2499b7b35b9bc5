import { WireError } from "./wire-error.ts";

const LENGTH_BYTES = 4;

/** Cuts what arrives into frames: four bytes of length, then as many bytes. */
export class Frames {
  readonly #bytesMax: () => number;
  #pieces: Buffer[] = [];
  #bytes = 0;

  /** `bytesMax` of one frame, asked again for each: more is taken from a client that has logged in. */
  constructor(bytesMax: () => number) {
    this.#bytesMax = bytesMax;
  }

  push(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
  }

  /** The next whole frame, if it is there. Throws WireError for a length that is not taken. */
  next(): Buffer | undefined {
    if (this.#bytes < LENGTH_BYTES) return undefined;
    const length = this.#peekLength();
    const max = this.#bytesMax();
    if (length < 0 || length > max) throw new WireError(`a frame of ${length} bytes, where ${max} are taken`);
    if (this.#bytes < LENGTH_BYTES + length) return undefined;
    const all = this.#joined();
    const end = LENGTH_BYTES + length;
    this.#pieces = end < all.length ? [all.subarray(end)] : [];
    this.#bytes = all.length - end;
    return all.subarray(LENGTH_BYTES, end);
  }

  #peekLength(): number {
    const first = this.#pieces[0] as Buffer;
    return (first.length >= LENGTH_BYTES ? first : this.#joined()).readInt32BE(0);
  }

  #joined(): Buffer {
    if (this.#pieces.length > 1) this.#pieces = [Buffer.concat(this.#pieces, this.#bytes)];
    return this.#pieces[0] as Buffer;
  }
}
