import type { Socket } from "node:net";

/** Pieces below this are copied into one, which is cheaper than a write for each. */
const SMALL_BYTES = 16 * 1024;
const PIECES_MAX = 8;

/** Resolves when the machine has taken all of it, or the connection is closed. Large pieces are not copied. */
export function send(socket: Socket, pieces: readonly Uint8Array[], stalledMsMax: number): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  const parts = pieces.length > PIECES_MAX ? joinSmall(pieces) : pieces;
  return new Promise((resolve) => {
    socket.cork();
    parts.forEach((part, index) => {
      socket.write(part, index === parts.length - 1 ? () => resolve() : undefined);
    });
    socket.uncork();
    // The socket's own time-out looks at whether what is left to send becomes less.
    if (socket.writableLength > 0) socket.setTimeout(stalledMsMax);
  });
}

function joinSmall(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  let small: Uint8Array[] = [];
  const join = () => {
    if (small.length > 0) parts.push(small.length === 1 ? (small[0] as Uint8Array) : Buffer.concat(small));
    small = [];
  };
  for (const piece of pieces) {
    if (piece.length < SMALL_BYTES) small.push(piece);
    else {
      join();
      parts.push(piece);
    }
  }
  join();
  return parts;
}
