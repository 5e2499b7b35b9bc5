import { type FileHandle, open } from "node:fs/promises";

/** A file that is opened when it is first used and closed when it is given back and nobody uses it any more. */
export class SegmentFile {
  readonly path: string;
  #handle: Promise<FileHandle> | undefined;
  #users = 0;
  #closing: Promise<void> = Promise.resolve();
  #idle: (() => void)[] = [];

  constructor(path: string) {
    this.path = path;
  }

  get isOpen(): boolean {
    return this.#handle !== undefined;
  }

  /** The handle is valid until `work` has ended, whatever happens to the file meanwhile. */
  async use<Result>(work: (file: FileHandle) => Promise<Result>): Promise<Result> {
    this.#users += 1;
    try {
      this.#handle ??= open(this.path, "r+");
      const handle = this.#handle;
      return await work(
        await handle.catch((error: unknown) => {
          if (this.#handle === handle) this.#handle = undefined;
          throw error;
        }),
      );
    } finally {
      this.#users -= 1;
      if (this.#users === 0) for (const done of this.#idle.splice(0)) done();
    }
  }

  /** Closes the handle once nobody uses it; the next use opens it anew. */
  close(): Promise<void> {
    if (this.#users === 0) return this.#closeNow();
    return new Promise<void>((resolve) => this.#idle.push(resolve)).then(() => this.close());
  }

  async #closeNow(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle) {
      this.#closing = handle.then(
        (file) => file.close(),
        () => {},
      );
    }
    await this.#closing;
  }
}

/** Fills `buffer` from this place of the file as far as the file goes; returns how many bytes there were. */
export async function readAt(file: FileHandle, buffer: Buffer, at: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

/** Writes all of them from this place of the file on. */
export async function writeAllAt(file: FileHandle, parts: readonly Uint8Array[], at: number): Promise<void> {
  let rest = parts.filter((part) => part.length > 0);
  let place = at;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, place);
    if (bytesWritten === 0) throw new Error(`nothing could be written to ${place}`);
    // A write that stopped short is asked to go on, and then says why it cannot.
    place += bytesWritten;
    const done = rest.findIndex((part) => {
      if (part.length > bytesWritten) return true;
      bytesWritten -= part.length;
      return false;
    });
    rest = done < 0 ? [] : [(rest[done] as Uint8Array).subarray(bytesWritten), ...rest.slice(done + 1)];
  }
}
