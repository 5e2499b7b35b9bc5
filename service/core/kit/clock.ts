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
