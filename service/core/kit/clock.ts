import { randomBytes, randomInt, randomUUID } from "node:crypto";

/** Time as the service sees it. Every wait and every timestamp goes through here, so tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `work` once after `delayMs` (scaled by the settings' wait scale); returns a cancel function. */
  after(delayMs: number, work: () => void): () => void;
}

/** Randomness as the service sees it: ids, nonces, jitter. */
export interface Random {
  /** `length` characters of `alphabet` (default: lower-case letters and digits). */
  id(length: number, alphabet?: string): string;
  /** UUID, upper-case hex, as request ids are written. */
  uuid(): string;
  /** A number in [0, 1). */
  fraction(): number;
}

/** setTimeout's own bound; longer waits are taken in several steps. */
const TIMER_MS_MAX = 2 ** 31 - 1;
const DEFAULT_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The machine's clock plus an offset that tests may move. */
export interface MovableClock extends Clock {
  readonly offsetMs: number;
  /**
   * Sets the offset; waits that are due by the moved clock run at once. No wait gets longer than it was: a clock that
   * was put back holds nothing up.
   */
  move(offsetMs: number): void;
  /** Cancels every pending wait. */
  close(): void;
}

interface Wait {
  /** By the clock, which may jump either way. */
  dueMs: number;
  /** By the time that has really passed since the process started. */
  endMs: number;
  work: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** `waitScale` multiplies every wait: 1 as published, 0 runs it on the next turn. `base` is for tests. */
export function systemClock(waitScale = 1, base: () => number = Date.now): MovableClock {
  let offsetMs = 0;
  const waits = new Set<Wait>();
  const now = () => base() + offsetMs;

  function leftOf(wait: Wait): number {
    return Math.max(0, Math.min(wait.dueMs - now(), wait.endMs - performance.now()));
  }

  function arm(wait: Wait): void {
    clearTimeout(wait.timer);
    const leftMs = leftOf(wait);
    wait.timer = setTimeout(
      () => {
        if (leftOf(wait) > 0) return arm(wait);
        waits.delete(wait);
        wait.work();
      },
      Math.min(leftMs, TIMER_MS_MAX),
    );
    // Engines must not keep a stopping process alive; the listening socket does.
    wait.timer.unref();
  }

  return {
    now,
    get offsetMs() {
      return offsetMs;
    },
    after(delayMs, work) {
      const scaledMs = Math.max(0, delayMs) * waitScale;
      const endMs = performance.now() + scaledMs;
      const wait: Wait = { dueMs: now() + scaledMs, endMs, work, timer: undefined };
      waits.add(wait);
      arm(wait);
      return () => {
        clearTimeout(wait.timer);
        waits.delete(wait);
      };
    },
    move(next) {
      offsetMs = next;
      for (const wait of waits) arm(wait);
    },
    close() {
      for (const wait of waits) clearTimeout(wait.timer);
      waits.clear();
    },
  };
}

export function systemRandom(): Random {
  return {
    id(length, alphabet = DEFAULT_ALPHABET) {
      let text = "";
      for (let i = 0; i < length; i += 1) text += alphabet[randomInt(alphabet.length)];
      return text;
    },
    uuid: () => randomUUID().toUpperCase(),
    fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
  };
}
