import type { Socket } from "node:net";
import { textOf } from "../failure.ts";

/** Type 1, length 4 (itself included, the type not). */
const HEADER_BYTES = 5;
/** Its own is counted, and PostgreSQL makes none of a gigabyte: anything else is no message, and no reason to take memory. */
const LENGTH_MIN = 4;
const LENGTH_MAX = 0x4000_0000;
const COPY_DATA = 0x64;
const COPY_BOTH = 0x57;
const COPY_DONE = 0x63;
const ERROR = 0x45;
const QUERY = 0x51;
const START_MS_MAX = 60_000;
const NOTHING = Buffer.alloc(0);
const CLOSED = "the connection was closed";
const SQLSTATE_FIELD = 0x43;
const MESSAGE_FIELD = 0x4d;

interface CopyBothParts {
  /** Logged in and with no query under way; its listeners for data are taken off. */
  readonly socket: Socket;
  /** Takes the body of one CopyData, from `start` up to `end`; good until it returns. What it throws ends the copy. */
  readonly onData: (bytes: Buffer, start: number, end: number) => void;
  /** All that had come was taken. */
  readonly onDrained: () => void;
  /** The copy is over; nothing is called afterwards. */
  readonly onEnd: (error: Error) => void;
}

/** What the server answered instead of going on; `code` is its SQLSTATE. */
class ServerError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The replication protocol's copy in both directions over a socket that someone else logged in: the driver would make an
 * object and a copy of each message, several for each row.
 */
export class CopyBoth {
  readonly #parts: CopyBothParts;
  /** What has come of a message that is not whole yet; room for all of it once its length is known. */
  #partial: Buffer = NOTHING;
  #have = 0;
  #need = 0;
  #isPaused = false;
  #isOver = false;
  /** What had come when it was paused. */
  #rest: Buffer | undefined;
  #started: { resolve: () => void; reject: (error: Error) => void } | undefined;

  constructor(parts: CopyBothParts) {
    this.#parts = parts;
  }

  /** Runs a statement that begins a copy. Rejects with the server's error. */
  start(statement: string): Promise<void> {
    const { socket } = this.#parts;
    socket.removeAllListeners("data");
    socket.on("data", (chunk: Buffer) => this.#feed(chunk));
    socket.on("error", (error) => this.#end(error));
    socket.on("close", () => this.#end(new Error(CLOSED)));
    // It may have been closed before anyone here listened.
    if (socket.destroyed || !socket.writable) return Promise.reject(new Error(CLOSED));
    const started = new Promise<void>((resolve, reject) => {
      this.#started = { resolve, reject };
    });
    const late = setTimeout(() => this.#end(new Error(`no answer within ${START_MS_MAX} ms`)), START_MS_MAX);
    socket.write(message(QUERY, Buffer.from(`${statement}\0`)));
    socket.resume();
    return started.finally(() => clearTimeout(late));
  }

  send(body: Buffer): void {
    if (!this.#isOver) this.#parts.socket.write(message(COPY_DATA, body));
  }

  /** No data is handed on until `resume`. To be called from `onData`, too. */
  pause(): void {
    this.#isPaused = true;
    this.#parts.socket.pause();
  }

  resume(): void {
    if (!this.#isPaused || this.#isOver) return;
    this.#isPaused = false;
    const rest = this.#rest;
    this.#rest = undefined;
    if (rest) this.#feed(rest);
    if (!this.#isPaused) this.#parts.socket.resume();
  }

  stop(): void {
    this.#isOver = true;
    this.#parts.socket.destroy();
  }

  #end(error: Error): void {
    if (this.#isOver) return;
    this.stop();
    this.#rest = undefined;
    this.#forget();
    if (this.#started) this.#started.reject(error);
    else this.#parts.onEnd(error);
  }

  #feed(chunk: Buffer): void {
    try {
      this.#take(chunk);
      if (!this.#isPaused && !this.#isOver) this.#parts.onDrained();
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(textOf(error)));
    }
  }

  #take(chunk: Buffer): void {
    if (this.#isPaused) {
      this.#rest = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
      return;
    }
    let bytes = chunk;
    let at = 0;
    if (this.#have > 0) {
      const whole = this.#complete(chunk);
      if (whole === undefined) return;
      [bytes, at] = whole;
    }
    while (at + HEADER_BYTES <= bytes.length && !this.#isOver) {
      const end = at + bytesOf(bytes, at);
      if (end > bytes.length) break;
      this.#dispatch(bytes, at, end);
      at = end;
      if (this.#isPaused) {
        if (at < bytes.length) this.#rest = bytes.subarray(at);
        return;
      }
    }
    if (at < bytes.length) this.#keep(bytes.subarray(at));
  }

  #keep(piece: Buffer): void {
    this.#have = piece.length;
    this.#need = piece.length >= HEADER_BYTES ? bytesOf(piece, 0) : 0;
    if (this.#need === 0) {
      this.#partial = Buffer.from(piece);
      return;
    }
    this.#partial = Buffer.allocUnsafeSlow(this.#need);
    piece.copy(this.#partial);
  }

  /** Ends the message that was begun; gives the bytes to go on with, or nothing while it is not whole. */
  #complete(chunk: Buffer): [bytes: Buffer, at: number] | undefined {
    const partial = this.#partial;
    if (this.#need === 0) {
      this.#forget();
      return [Buffer.concat([partial, chunk]), 0];
    }
    const taken = Math.min(this.#need - this.#have, chunk.length);
    chunk.copy(partial, this.#have, 0, taken);
    this.#have += taken;
    if (this.#have < this.#need) return undefined;
    this.#forget();
    this.#dispatch(partial, 0, partial.length);
    if (!this.#isPaused) return [chunk, taken];
    if (taken < chunk.length) this.#rest = chunk.subarray(taken);
    return undefined;
  }

  #forget(): void {
    this.#partial = NOTHING;
    this.#have = 0;
  }

  #dispatch(bytes: Buffer, at: number, end: number): void {
    const type = bytes[at];
    const start = at + HEADER_BYTES;
    if (type === COPY_DATA) this.#parts.onData(bytes, start, end);
    else if (type === COPY_BOTH) {
      this.#started?.resolve();
      this.#started = undefined;
    } else if (type === ERROR) this.#end(serverError(bytes.subarray(start, end)));
    else if (type === COPY_DONE) this.#end(new Error("the source ended the replication"));
    // Notices and changed parameters say nothing about the data.
  }
}

/** Of the whole message that begins here. */
function bytesOf(bytes: Buffer, at: number): number {
  const length = bytes.readUInt32BE(at + 1);
  if (length < LENGTH_MIN || length > LENGTH_MAX)
    throw new Error(`what was sent is no message: ${length} bytes`);
  return 1 + length;
}

function message(type: number, body: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  bytes[0] = type;
  bytes.writeUInt32BE(body.length + 4, 1);
  body.copy(bytes, HEADER_BYTES);
  return bytes;
}

function serverError(body: Buffer): ServerError {
  const fields = new Map<number, string>();
  for (let at = 0; at < body.length && body[at] !== 0; ) {
    const end = body.indexOf(0, at);
    if (end < 0) break;
    fields.set(body[at] as number, body.toString("utf8", at + 1, end));
    at = end + 1;
  }
  return new ServerError(
    fields.get(SQLSTATE_FIELD) ?? "",
    fields.get(MESSAGE_FIELD) ?? "an error without a message",
  );
}
