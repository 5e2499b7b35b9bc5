import type { Socket } from "node:net";
import { textOf } from "../failure.ts";

/** Length 3 little-endian, sequence number 1. */
const HEADER_BYTES = 4;
/** A payload of this length goes on in the next packet. */
const PACKET_BYTES_MAX = 0xffffff;
/** Behind the status byte: time 4, type 1, server 4, then the event's size 4. */
const EVENT_SIZE_AT = 1 + 9;
/** The server sends no larger ones, and a size beyond it is no size. */
const EVENT_BYTES_MAX = 0x7fffffff;
const OK = 0x00;
const ERROR = 0xff;
const END = 0xfe;

interface PacketStreamParts {
  /** Logged in and with no statement under way. */
  readonly socket: Socket;
  /** Takes one event, from `start` up to `end`; good until it returns. What it throws ends the reading. */
  readonly onEvent: (bytes: Buffer, start: number, end: number) => void;
  /** All that had come was taken. */
  readonly onDrained: () => void;
  /** The reading is over; nothing is called afterwards. */
  readonly onEnd: (error: Error) => void;
}

/** What the server answered instead of going on. */
class ServerError extends Error {
  readonly errno: number;
  constructor(errno: number, message: string) {
    super(message);
    this.errno = errno;
  }
}

/**
 * The events of a binary log over a socket that someone else logged in: the driver would make objects of the events that it
 * knows and hide the bytes of the others.
 */
export class PacketStream {
  readonly #parts: PacketStreamParts;
  /** The piece of a packet's beginning that came without the rest. */
  #rest: Buffer | undefined;
  /** An event larger than what comes at once, whole memory from the beginning. */
  #large: Buffer | undefined;
  #largeLength = 0;
  /** Of the packet that is being taken into the large event. */
  #packetLeft = 0;
  #isLastPacket = true;
  #isPaused = false;
  #isOver = false;
  #answered: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #isDump = false;

  constructor(parts: PacketStreamParts) {
    this.#parts = parts;
    const { socket } = parts;
    socket.removeAllListeners("data");
    socket.on("data", (chunk: Buffer) => this.#feed(chunk));
    socket.on("error", (error) => this.#end(error));
    socket.on("close", () => this.#end(new Error("the connection was closed")));
  }

  /** Sends a command and waits for its OK. Rejects with the server's error. */
  command(payload: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answered = { resolve, reject };
      this.#send(payload);
    });
  }

  /** Sends the command that the events answer. */
  dump(payload: Buffer): void {
    this.#isDump = true;
    this.#send(payload);
  }

  /** No event is handed on until `resume`. To be called from `onEvent`, too. */
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

  #send(payload: Buffer): void {
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUIntLE(payload.length, 0, 3);
    this.#parts.socket.write(Buffer.concat([header, payload]));
    this.#parts.socket.resume();
  }

  #end(error: Error): void {
    if (this.#isOver) return;
    this.stop();
    if (this.#answered) this.#answered.reject(error);
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
    let bytes = chunk;
    if (this.#rest) {
      bytes = Buffer.concat([this.#rest, chunk]);
      this.#rest = undefined;
    }
    let at = 0;
    while (at < bytes.length && !this.#isPaused && !this.#isOver) {
      if (this.#large) {
        const next = this.#fillLarge(bytes, at);
        if (next === at) break;
        at = next;
        continue;
      }
      if (at + HEADER_BYTES > bytes.length) break;
      const size = bytes.readUIntLE(at, 3);
      const start = at + HEADER_BYTES;
      if (size < PACKET_BYTES_MAX && start + size <= bytes.length) {
        this.#dispatch(bytes, start, start + size);
        at = start + size;
        continue;
      }
      // Small pieces are joined; an event that takes many is collected in memory of its own.
      if (bytes.length - start < EVENT_SIZE_AT + 4) break;
      this.#beginLarge(bytes, start, size);
      at = start;
    }
    if (at < bytes.length) this.#rest = at === 0 ? bytes : bytes.subarray(at);
  }

  #beginLarge(bytes: Buffer, start: number, size: number): void {
    const whole = size < PACKET_BYTES_MAX ? size : 1 + bytes.readUInt32LE(start + EVENT_SIZE_AT);
    if (whole > EVENT_BYTES_MAX || whole < size) throw new Error(`an event of ${whole} bytes`);
    this.#large = Buffer.allocUnsafeSlow(whole);
    this.#largeLength = 0;
    this.#packetLeft = size;
    this.#isLastPacket = size < PACKET_BYTES_MAX;
  }

  /** Gives where it stopped; at the same place when a packet's header is not whole. */
  #fillLarge(bytes: Buffer, from: number): number {
    const large = this.#large as Buffer;
    let at = from;
    if (this.#packetLeft === 0) {
      if (at + HEADER_BYTES > bytes.length) return at;
      this.#packetLeft = bytes.readUIntLE(at, 3);
      this.#isLastPacket = this.#packetLeft < PACKET_BYTES_MAX;
      at += HEADER_BYTES;
    }
    const taken = Math.min(this.#packetLeft, bytes.length - at);
    if (this.#largeLength + taken > large.length) throw new Error("an event longer than it says");
    bytes.copy(large, this.#largeLength, at, at + taken);
    this.#largeLength += taken;
    this.#packetLeft -= taken;
    at += taken;
    if (this.#packetLeft === 0 && this.#isLastPacket) {
      this.#large = undefined;
      this.#dispatch(large, 0, this.#largeLength);
    }
    return at;
  }

  #dispatch(bytes: Buffer, start: number, end: number): void {
    const kind = bytes[start];
    if (kind === ERROR) throw serverError(bytes, start, end);
    if (kind === END && end - start < 9) throw new Error("the source ended the binary log");
    if (this.#isDump) {
      if (kind !== OK) throw new Error(`the source sent ${kind} where an event begins`);
      this.#parts.onEvent(bytes, start + 1, end);
      return;
    }
    this.#answered?.resolve();
    this.#answered = undefined;
  }
}

/** Mark 1, number 2, `#` and SQLSTATE 6, message. */
function serverError(bytes: Buffer, start: number, end: number): ServerError {
  const errno = bytes.readUInt16LE(start + 1);
  const from = bytes[start + 3] === 0x23 ? start + 9 : start + 3;
  return new ServerError(errno, bytes.toString("utf8", from, end));
}
