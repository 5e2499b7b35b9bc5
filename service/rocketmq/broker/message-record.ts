import type { NewMessage } from "../../rocketmq-grpc/backend.ts";

/** Form of a kept message; a form that is not known is refused, never guessed at. */
const VERSION = 1;
const HAS_TAG = 1;
const HAS_GROUP = 2;
const HAS_TRACE = 4;
const HAS_TIME = 8;

export interface KeptMessage {
  readonly message: NewMessage;
  readonly storedAtMs: number;
}

/** Numbers are written in groups of seven bits, texts in UTF-8 behind their length, the body at the end. */
export function encodeMessage({ message, storedAtMs }: KeptMessage): Buffer {
  const { tag, messageGroup, keys, properties, wire } = message;
  const head = new Writer();
  head.byte(VERSION);
  head.byte(
    (tag === undefined ? 0 : HAS_TAG) |
      (messageGroup === undefined ? 0 : HAS_GROUP) |
      (wire.traceContext === undefined ? 0 : HAS_TRACE) |
      (message.deliverAtMs === undefined ? 0 : HAS_TIME),
  );
  head.number(storedAtMs);
  head.number(message.bornAtMs);
  for (const text of [message.messageId, message.bornHost]) head.text(text);
  for (const text of [tag, messageGroup, wire.traceContext]) if (text !== undefined) head.text(text);
  if (message.deliverAtMs !== undefined) head.number(message.deliverAtMs);
  head.number(keys.length);
  for (const key of keys) head.text(key);
  const named = Object.entries(properties);
  head.number(named.length);
  for (const text of named.flat()) head.text(text);
  head.number(wire.bodyDigestType);
  head.text(wire.bodyDigest);
  head.number(wire.bodyEncoding);
  head.number(message.body.length);
  return Buffer.concat([head.bytes(), message.body]);
}

/** The body is a view of `record`. Throws an Error that says what is wrong with a record that is not whole. */
export function decodeMessage(record: Uint8Array): KeptMessage {
  const from = new Reader(record);
  const version = from.byte();
  if (version !== VERSION) throw new Error(`a kept message has the form ${version}, known is ${VERSION}`);
  const flags = from.byte();
  const storedAtMs = from.number();
  const bornAtMs = from.number();
  const [messageId, bornHost] = [from.text(), from.text()];
  const tag = (flags & HAS_TAG) === 0 ? {} : { tag: from.text() };
  const group = (flags & HAS_GROUP) === 0 ? {} : { messageGroup: from.text() };
  const trace = (flags & HAS_TRACE) === 0 ? {} : { traceContext: from.text() };
  const time = (flags & HAS_TIME) === 0 ? {} : { deliverAtMs: from.number() };
  const keys = from.list(() => from.text());
  const properties = Object.fromEntries(from.list(() => [from.text(), from.text()] as const));
  const wire = {
    bodyDigestType: from.number(),
    bodyDigest: from.text(),
    bodyEncoding: from.number(),
    ...trace,
  };
  const body = from.rest(from.number());
  const message = { messageId, body, ...tag, keys, properties, ...group, ...time, bornAtMs, bornHost, wire };
  return { message, storedAtMs };
}

class Writer {
  #buffer = Buffer.allocUnsafe(512);
  #at = 0;

  byte(value: number): void {
    this.#room(1);
    this.#buffer[this.#at++] = value;
  }

  /** Throws a RangeError for all but a whole number of 0 or more: what could not be read again would bar the topic for ever. */
  number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(
        `a message with the number ${value} cannot be kept; whole numbers of 0 or more can`,
      );
    let left = value;
    while (left >= 0x80) {
      this.byte((left % 0x80) | 0x80);
      left = Math.floor(left / 0x80);
    }
    this.byte(left);
  }

  text(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.number(bytes);
    this.#room(bytes);
    this.#at += this.#buffer.write(value, this.#at);
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

class Reader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    const value = this.#buffer[this.#at];
    if (value === undefined) throw tooShort();
    this.#at += 1;
    return value;
  }

  number(): number {
    let value = 0;
    for (let scale = 1; scale < Number.MAX_SAFE_INTEGER; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new Error("a kept message holds a number that is too large");
  }

  text(): string {
    return this.#take(this.number()).toString();
  }

  list<T>(one: () => T): T[] {
    const count = this.number();
    // Each item has a byte at least, so a damaged count makes no long loop.
    if (count > this.#buffer.length - this.#at) throw tooShort();
    return Array.from({ length: count }, one);
  }

  rest(bytes: number): Uint8Array {
    const body = this.#take(bytes);
    if (this.#at !== this.#buffer.length) throw new Error("a kept message goes on behind its body");
    return body;
  }

  #take(bytes: number): Buffer {
    if (bytes > this.#buffer.length - this.#at) throw tooShort();
    this.#at += bytes;
    return this.#buffer.subarray(this.#at - bytes, this.#at);
  }
}

function tooShort(): Error {
  return new Error("a kept message is shorter than it says");
}
