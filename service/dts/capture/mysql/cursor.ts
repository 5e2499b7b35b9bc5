import { unreadable } from "./failure.ts";

/** Reads on in an event's body; what goes beyond its end throws UNREADABLE. */
export class Cursor {
  readonly bytes: Buffer;
  readonly end: number;
  at: number;

  constructor(bytes: Buffer, at: number, end: number) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  /** Moves on and gives where it was. */
  skip(bytes: number): number {
    const { at } = this;
    if (bytes < 0 || at + bytes > this.end) throw unreadable("an event is cut short");
    this.at = at + bytes;
    return at;
  }

  byte(): number {
    const at = this.skip(1);
    return this.bytes[at] as number;
  }

  /** Little-endian, up to 6 bytes. */
  uint(bytes: number): number {
    return this.bytes.readUIntLE(this.skip(bytes), bytes);
  }

  long(): bigint {
    return this.bytes.readBigUInt64LE(this.skip(8));
  }

  slice(bytes: number): Buffer {
    const at = this.skip(bytes);
    return this.bytes.subarray(at, at + bytes);
  }

  text(bytes: number): string {
    const at = this.skip(bytes);
    return this.bytes.toString("utf8", at, at + bytes);
  }

  /** The protocol's integer of 1, 3, 4 or 9 bytes. */
  packed(): number {
    const first = this.byte();
    if (first < 0xfb) return first;
    if (first === 0xfc) return this.uint(2);
    if (first === 0xfd) return this.uint(3);
    if (first === 0xfe) return Number(this.long());
    throw unreadable("a length is no length");
  }
}
