import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { CRC_FROM, decodeFrameHead, FRAME_HEAD_BYTES, FRAME_MAGIC, type FrameHead } from "./frame.ts";
import { readAt } from "./segment-file.ts";

const WINDOW_BYTES = 1024 * 1024;

/** Looks at the frames of a file through a window, so that memory stays small however large a frame is. */
export class FrameScanner {
  readonly #file: FileHandle;
  readonly #fileBytes: number;
  readonly #buffer: Buffer;
  #from = 0;
  #to = 0;

  constructor(file: FileHandle, fileBytes: number, windowBytes = WINDOW_BYTES) {
    this.#file = file;
    this.#fileBytes = fileBytes;
    this.#buffer = Buffer.allocUnsafe(Math.max(windowBytes, FRAME_HEAD_BYTES));
  }

  /** The head of the frame that begins here and fits into the file; its contents are not looked at. */
  async head(at: number): Promise<FrameHead | undefined> {
    if (at + FRAME_HEAD_BYTES > this.#fileBytes) return undefined;
    await this.#show(at, FRAME_HEAD_BYTES);
    if (at + FRAME_HEAD_BYTES > this.#to) return undefined;
    const head = decodeFrameHead(this.#buffer, at - this.#from);
    return head && at + head.bytes <= this.#fileBytes ? head : undefined;
  }

  /** The same, and its contents are as they were written. */
  async frame(at: number): Promise<FrameHead | undefined> {
    const head = await this.head(at);
    if (!head) return undefined;
    const end = at + head.bytes;
    let crc = 0;
    for (let place = at + CRC_FROM; place < end; ) {
      await this.#show(place, 1);
      const until = Math.min(end, this.#to);
      if (until <= place) return undefined;
      crc = crc32(this.#buffer.subarray(place - this.#from, until - this.#from), crc);
      place = until;
    }
    return crc === head.crc ? head : undefined;
  }

  /** A place from `at` on where a frame may begin; undefined when there is none. */
  async nextCandidate(at: number): Promise<number | undefined> {
    for (let place = at; place + FRAME_HEAD_BYTES <= this.#fileBytes; ) {
      await this.#show(place, FRAME_MAGIC.length);
      const found = this.#buffer.subarray(0, this.#to - this.#from).indexOf(FRAME_MAGIC, place - this.#from);
      if (found >= 0) return this.#from + found;
      const next = this.#to - FRAME_MAGIC.length + 1;
      if (next <= place) return undefined;
      place = next;
    }
    return undefined;
  }

  /** Moves the window so that it holds these bytes, as far as the file has them. */
  async #show(at: number, bytes: number): Promise<void> {
    if (at >= this.#from && at + bytes <= this.#to) return;
    const length = Math.min(this.#buffer.length, this.#fileBytes - at);
    const filled = await readAt(this.#file, this.#buffer.subarray(0, length), at);
    this.#from = at;
    this.#to = at + filled;
  }
}
