import type { Socket } from "node:net";
import type { KafkaLimits } from "./limits.ts";

type SendLimits = Pick<KafkaLimits, "stalledMsMax" | "takenBytesPerSecondMin">;

/** Pieces below this are copied into one, which is cheaper than a write for each. */
const SMALL_BYTES = 16 * 1024;
const PIECES_MAX = 8;

/**
 * Resolves when the machine has taken all of it, or the connection is closed: at the latest when it was taken more slowly than
 * the limits allow. Large pieces are not copied.
 */
export function send(socket: Socket, pieces: readonly Uint8Array[], limits: SendLimits): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  const parts = pieces.length > PIECES_MAX ? joinSmall(pieces) : pieces;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    socket.cork();
    parts.forEach((part, index) => {
      socket.write(part, index === parts.length - 1 ? done : undefined);
    });
    socket.uncork();
    const left = socket.writableLength;
    if (left === 0) return;
    // The socket's own time-out looks at whether what is left to send becomes less, not at how fast.
    socket.setTimeout(limits.stalledMsMax);
    timer = setTimeout(() => socket.destroy(new Error("the client reads too slowly")), msMaxOf(left, limits));
  });
}

function msMaxOf(bytes: number, { stalledMsMax, takenBytesPerSecondMin }: SendLimits): number {
  return stalledMsMax + Math.ceil((bytes * 1_000) / takenBytesPerSecondMin);
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
