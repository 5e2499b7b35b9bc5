/** Chosen for what a task leaves open: as many as the cloud's console suggests, and no wait. */
const MESSAGES_DEFAULT = 100;

/** When a batch leaves (MQ-2, MQ-3). */
interface BatchLimits {
  readonly messagesMax: number;
  /** 0: as soon as what was read together is in it. */
  readonly waitMsMax: number;
  /** What its events may take in memory; a larger event goes alone. */
  readonly bytesMax: number;
}

export function batchLimits(
  window: { readonly messages?: number | null | undefined; readonly seconds?: number | null | undefined },
  bytesMax: number,
): BatchLimits {
  return {
    messagesMax: window.messages ?? MESSAGES_DEFAULT,
    waitMsMax: (window.seconds ?? 0) * 1000,
    bytesMax,
  };
}

/** Gathers what leaves together. It holds one batch at most; times are those of a clock that never goes back. */
export class BatchWindow<T> {
  readonly #limits: BatchLimits;
  #items: T[] = [];
  #bytes = 0;
  #sinceMs = 0;

  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  /** True when it has to be taken before one more of this size is added. */
  isFullFor(bytes: number): boolean {
    const { messagesMax, bytesMax } = this.#limits;
    if (this.isEmpty) return false;
    return this.#items.length >= messagesMax || this.#bytes + bytes > bytesMax;
  }

  add(item: T, bytes: number, nowMs: number): void {
    if (this.isFullFor(bytes)) throw new RangeError("the batch is full");
    if (this.isEmpty) this.#sinceMs = nowMs;
    this.#items.push(item);
    this.#bytes += bytes;
  }

  /** How long it may still wait for more; undefined when it is empty, 0 when it has to leave. */
  leftMs(nowMs: number): number | undefined {
    const { messagesMax, waitMsMax, bytesMax } = this.#limits;
    if (this.isEmpty) return undefined;
    if (this.#items.length >= messagesMax || this.#bytes >= bytesMax) return 0;
    return Math.max(0, this.#sinceMs + waitMsMax - nowMs);
  }

  take(): readonly T[] {
    const items = this.#items;
    this.#items = [];
    this.#bytes = 0;
    return items;
  }
}
