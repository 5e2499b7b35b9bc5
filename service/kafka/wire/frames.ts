import { WireError } from "./wire-error.ts";

const LENGTH_BYTES = 4;
/** Small pieces are put into memory of this size as they come: each by itself takes much more than it has bytes. */
const ROOM_BYTES = 4 * 1024;
const SMALL_BYTES = ROOM_BYTES / 2;

/** Cuts what arrives into frames: four bytes of length, then as many bytes. */
export class Frames {
  readonly #bytesMax: () => number;
  #pieces: Buffer[] = [];
  #bytes = 0;
  /** What the last piece lies in, while more may be put behind it. */
  #room: Buffer | undefined;
  #roomUsed = 0;

  /** `bytesMax` of one frame, asked again for each: more is taken from a client that has logged in. */
  constructor(bytesMax: () => number) {
    this.#bytesMax = bytesMax;
  }

  push(piece: Buffer): void {
    this.#bytes += piece.length;
    const isFirst = this.#pieces.length === 0;
    if (isFirst || piece.length > SMALL_BYTES) {
      this.#pieces.push(piece);
      this.#room = undefined;
      return;
    }
    if (!this.#room || this.#roomUsed + piece.length > ROOM_BYTES) {
      this.#room = Buffer.allocUnsafeSlow(ROOM_BYTES);
      this.#roomUsed = 0;
      this.#pieces.push(this.#room);
    }
    piece.copy(this.#room, this.#roomUsed);
    this.#roomUsed += piece.length;
    this.#pieces[this.#pieces.length - 1] = this.#room.subarray(0, this.#roomUsed);
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
    this.#room = undefined;
    return this.#pieces[0] as Buffer;
  }
}
