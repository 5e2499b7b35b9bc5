import type { MessagingLimits } from "./limits.ts";
import { Refusal } from "./status.ts";

type TurnstileLimits = Pick<
  MessagingLimits,
  "waitingMax" | "waitingPerClientMax" | "untakenBytesMax" | "receiveBytesMax"
>;

/** Counts what receives take: places to wait, and bytes that the clients have not taken yet. */
export class Turnstile {
  readonly #limits: TurnstileLimits;
  readonly #waiting = new Map<string, number>();
  #waitingAll = 0;
  #untakenBytes = 0;

  constructor(limits: TurnstileLimits) {
    this.#limits = limits;
  }

  /** Runs one receive of a client. Throws TOO_MANY_REQUESTS. */
  async wait<T>(clientId: string, run: () => Promise<T>): Promise<T> {
    const own = this.#waiting.get(clientId) ?? 0;
    if (own >= this.#limits.waitingPerClientMax || this.#waitingAll >= this.#limits.waitingMax)
      throw new Refusal("TOO_MANY_REQUESTS", "too many receives wait already: ask again later");
    this.#waiting.set(clientId, own + 1);
    this.#waitingAll += 1;
    try {
      return await run();
    } finally {
      const left = (this.#waiting.get(clientId) ?? 1) - 1;
      if (left > 0) this.#waiting.set(clientId, left);
      else this.#waiting.delete(clientId);
      this.#waitingAll -= 1;
    }
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
