import type { MessagingLimits } from "./limits.ts";
import { Refusal } from "./status.ts";

type TurnstileLimits = Pick<
  MessagingLimits,
  "waitingMax" | "waitingPerClientMax" | "untakenBytesMax" | "receiveBytesMax"
>;

/** Counts what receives take: places to wait, and bytes that the clients have not taken yet. */
export class Turnstile {
  readonly #limits: TurnstileLimits;
  /** What ends each wait, by client. */
  readonly #waiting = new Map<string, Set<() => void>>();
  #waitingAll = 0;
  #untakenBytes = 0;

  constructor(limits: TurnstileLimits) {
    this.#limits = limits;
  }

  /** Runs one receive of a client; `stop` makes it end without messages. Throws TOO_MANY_REQUESTS. */
  async wait<T>(clientId: string, stop: () => void, run: () => Promise<T>): Promise<T> {
    const own = this.#waiting.get(clientId) ?? new Set();
    if (own.size >= this.#limits.waitingPerClientMax || this.#waitingAll >= this.#limits.waitingMax)
      throw new Refusal("TOO_MANY_REQUESTS", "too many receives wait already: ask again later");
    this.#waiting.set(clientId, own.add(stop));
    this.#waitingAll += 1;
    try {
      return await run();
    } finally {
      own.delete(stop);
      if (own.size === 0 && this.#waiting.get(clientId) === own) this.#waiting.delete(clientId);
      this.#waitingAll -= 1;
    }
  }

  /** Ends the receives of a client that has gone: a message must not go to it. */
  stop(clientId: string): void {
    for (const stop of this.#waiting.get(clientId) ?? []) stop();
  }

  stopAll(): void {
    for (const clientId of this.#waiting.keys()) this.stop(clientId);
  }

  /** Before messages are asked for. Throws TOO_MANY_REQUESTS. */
  checkRoom(): void {
    if (this.#untakenBytes > this.#limits.untakenBytesMax)
      throw new Refusal(
        "TOO_MANY_REQUESTS",
        "the clients have not taken what was sent to them: ask again later",
      );
  }

  async holding<T>(bytes: number, run: () => Promise<T>): Promise<T> {
    this.#untakenBytes += bytes;
    try {
      return await run();
    } finally {
      this.#untakenBytes -= bytes;
    }
  }
}
