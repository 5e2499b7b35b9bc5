import { readTags } from "./message.ts";
import type { Reader } from "./reader.ts";
import { Writer } from "./writer.ts";

/** In front of every request. The rest of it depends on the API. */
export interface RequestHead {
  readonly apiKey: number;
  readonly version: number;
  readonly correlationId: number;
}

const SIZE_BYTES = 4;
/** Its answer never has tags in its head, since a client asks before it knows what the listener can read. */
const API_VERSIONS = 18;

export function readHead(from: Reader): RequestHead {
  return { apiKey: from.int16(), version: from.int16(), correlationId: from.int32() };
}

/** The name the client gives itself; empty for none. */
export function readClientId(from: Reader, isFlexible: boolean): string {
  const clientId = from.string(false) ?? "";
  if (isFlexible) readTags(from);
  return clientId;
}

/** The frame of an answer, in pieces: size, correlation id, tags, body. */
export function answerFrame(
  head: RequestHead,
  isFlexible: boolean,
  body: (to: Writer) => void,
): readonly Uint8Array[] {
  const to = new Writer();
  to.int32(0);
  to.int32(head.correlationId);
  if (isFlexible && head.apiKey !== API_VERSIONS) to.uvarint(0);
  body(to);
  return sized(to);
}

/** An answer to a bare token: nothing but its length. */
export function emptyFrame(): readonly Uint8Array[] {
  return [Buffer.alloc(SIZE_BYTES)];
}

function sized(to: Writer): readonly Uint8Array[] {
  const size = to.length - SIZE_BYTES;
  const pieces = to.finish();
  const first = pieces[0] as Uint8Array;
  new DataView(first.buffer, first.byteOffset).setInt32(0, size);
  return pieces;
}
