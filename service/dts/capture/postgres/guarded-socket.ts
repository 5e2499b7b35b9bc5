import type { Socket } from "node:net";

/** Type 1, length 4 (itself included, the type not). */
const HEADER_BYTES = 5;
const LENGTH_MIN = 4;
/** Of all that answers one question of the catalog's, or the login. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
/** Of one error or notice, which is looked at as a whole. */
const FIELDS_BYTES_MAX = 32 * 1024 * 1024;
const READY = 0x5a;
const ERROR = 0x45;
const NOTICE = 0x4e;

type Take = (chunk: Buffer) => void;

/**
 * The socket for the driver, which trusts the server: an error whose fields do not end would keep it reading for ever, other
 * messages that are none make it throw where nobody catches, and it keeps whatever is sent. Here what is sent is looked at
 * first, and what the driver throws ends the connection. Only the driver's own listener is guarded, the first one.
 */
export function guardedSocket(socket: Socket): Socket {
  const plain = socket.on.bind(socket) as (event: string, listener: unknown) => Socket;
  const on = (event: string, listener: unknown) => {
    if (event !== "data") return plain(event, listener);
    socket.on = plain as Socket["on"];
    return plain(event, guarded(socket, listener as Take));
  };
  socket.on = on as Socket["on"];
  return socket;
}

function guarded(socket: Socket, take: Take): Take {
  const guard = new AnswerGuard();
  return (chunk) => {
    try {
      guard.take(chunk);
      take(chunk);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error("what was sent is no answer"));
    }
  };
}

/** Follows the server's messages. Throws before the driver would read one that it could not get over. */
class AnswerGuard {
  /** What has come of what is looked at as a whole, and how much that has to be. */
  #pieces: Buffer[] = [];
  #have = 0;
  #need = HEADER_BYTES;
  /** Of a message that needs no look. */
  #skip = 0;
  #answerBytes = 0;

  take(chunk: Buffer): void {
    this.#answerBytes += chunk.length;
    if (this.#answerBytes > ANSWER_BYTES_MAX)
      throw new Error(`an answer of more than ${ANSWER_BYTES_MAX} bytes`);
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    if (skipped === chunk.length) return;
    this.#pieces.push(chunk.subarray(skipped));
    this.#have += chunk.length - skipped;
    if (this.#have < this.#need) return;
    const rest = this.#look(Buffer.concat(this.#pieces, this.#have));
    this.#pieces = rest.length > 0 ? [rest] : [];
    this.#have = rest.length;
  }

  /** Gives what is not a whole head, or a whole error, yet. */
  #look(bytes: Buffer): Buffer {
    this.#need = HEADER_BYTES;
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const type = bytes[at];
      const hasFields = type === ERROR || type === NOTICE;
      const size = 1 + lengthOf(bytes, at, hasFields ? FIELDS_BYTES_MAX : ANSWER_BYTES_MAX);
      const isWhole = at + size <= bytes.length;
      if (hasFields && !isWhole) {
        this.#need = size;
        break;
      }
      if (hasFields) checkFields(bytes.subarray(at + HEADER_BYTES, at + size));
      if (type === READY) this.#answerBytes = 0;
      if (!isWhole) this.#skip = at + size - bytes.length;
      at = Math.min(at + size, bytes.length);
    }
    return bytes.subarray(at);
  }
}

function lengthOf(bytes: Buffer, at: number, max: number): number {
  const length = bytes.readUInt32BE(at + 1);
  if (length < LENGTH_MIN || length > max) throw new Error("what was sent is no message of PostgreSQL");
  return length;
}

/** Each has a letter and a text that ends with 0; a 0 where the next letter would stand ends them. */
function checkFields(body: Buffer): void {
  for (let at = 0; body[at] !== 0; ) {
    const end = body.indexOf(0, at + 1);
    if (at >= body.length || end < 0) throw new Error("the source sent an error that does not end");
    at = end + 1;
  }
}
