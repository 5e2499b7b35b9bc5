import type { KafkaTopic } from "../backend.ts";
import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import type { Call } from "./api.ts";

/** Where to read from, and how long to wait for how much. */
export interface Place {
  readonly offset: number;
  readonly bytesMax: number;
  readonly bytesMin: number;
  readonly waitMs: number;
}

interface Found {
  readonly errorCode?: ErrorCode;
  readonly batches: readonly Uint8Array[];
  /** Behind the last record that was found. */
  readonly nextOffset?: number;
}

const NOTHING: Found = { batches: [] };
/** More than one byte is wanted: no need to look at each batch that arrives. */
const LOOK_AGAIN_MS = 5;
const LAST_DELTA_AT = 23;

/**
 * Reads from a place; while there is less than wanted, waits for more. As many bytes as are found are taken from the ones that
 * all unread answers share, before they are read and until the machine has taken them or the connection is closed. A batch that
 * is larger than what was asked for is waited for anew, as large as it is; one that is larger than all of them waits until
 * nothing else is unread.
 */
export async function readWhenThere(call: Call, topic: KafkaTopic, place: Place): Promise<Found> {
  const until = performance.now() + place.waitMs;
  for (;;) {
    if (place.offset < topic.startOffset || place.offset > topic.endOffset) {
      return { ...NOTHING, errorCode: ERROR_CODE.offsetOutOfRange };
    }
    const msLeft = until - performance.now();
    const isLast = msLeft <= 0 || !call.peer.isOpen;
    if (place.offset < topic.endOffset) {
      const found = await readNow(call, topic, place, isLast);
      if (found) return found;
    } else if (isLast) return NOTHING;
    await readable(call, topic, place, Math.max(msLeft, 0));
  }
}

/** Undefined when it is less than wanted and there is time left. */
async function readNow(
  call: Call,
  topic: KafkaTopic,
  place: Place,
  isLast: boolean,
): Promise<Found | undefined> {
  let share = await call.unread.take(place.bytesMax);
  try {
    let { batches, largerBytes } = await topic.read(place.offset, place.bytesMax);
    if (largerBytes !== undefined) {
      share.shrink(0);
      share = await call.unread.take(largerBytes);
      ({ batches, largerBytes } = await topic.read(place.offset, largerBytes));
    }
    let bytes = 0;
    for (const batch of batches) bytes += batch.length;
    if (bytes < place.bytesMin && !isLast) {
      share.shrink(0);
      return undefined;
    }
    share.shrink(bytes);
    call.onSent(() => share.shrink(0));
    const last = batches.at(-1);
    return last ? { batches, nextOffset: behind(last) } : NOTHING;
  } catch {
    share.shrink(0);
    const isOutside = place.offset < topic.startOffset || place.offset > topic.endOffset;
    return { ...NOTHING, errorCode: isOutside ? ERROR_CODE.offsetOutOfRange : ERROR_CODE.storageError };
  }
}

/** A piece may hold several batches one behind the other; only their headers are looked at. */
function behind(piece: Uint8Array): number {
  const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
  let at = 0;
  for (;;) {
    const next = at + 12 + view.getInt32(at + 8);
    if (next + 27 > piece.length) return Number(view.getBigInt64(at)) + view.getInt32(at + LAST_DELTA_AT) + 1;
    at = next;
  }
}

/** Resolves when there is more, when the time is over, or when the connection is closed. */
function readable({ peer }: Call, topic: KafkaTopic, place: Place, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopReadable();
      stopClose();
      resolve();
    };
    let timer = setTimeout(done, ms);
    const stopReadable = topic.onReadable(() => {
      if (place.bytesMin <= 1 && topic.endOffset > place.offset) return done();
      clearTimeout(timer);
      timer = setTimeout(done, Math.min(ms, LOOK_AGAIN_MS));
    });
    const stopClose = peer.onClose(done);
  });
}
