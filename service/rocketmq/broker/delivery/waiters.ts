import type { Clock } from "../../../core/kit/clock.ts";
import type { Delivery, ReceiveWish } from "../../../rocketmq-grpc/backend.ts";
import type { MessageFilter } from "../filter/filter.ts";

/** One client that asks for messages and has none yet. */
export interface Waiter {
  readonly wish: ReceiveWish;
  readonly filter: MessageFilter;
  /** False once it has its answer, or its client has gone. */
  readonly isWaiting: () => boolean;
  readonly settle: (deliveries: readonly Delivery[]) => void;
  readonly fail: (error: unknown) => void;
}

/** Those who wait, the one that waits longest first. */
export class Waiters {
  readonly #clock: Clock;
  readonly #isBusy: () => boolean;
  readonly #waiting = new Set<Waiter>();
  /** Their time is over, but what is being looked for may still be theirs. */
  readonly #late = new Set<Waiter>();

  /** While `isBusy` nobody is sent away for want of time: `settleLate` does it behind that. */
  constructor(clock: Clock, isBusy: () => boolean) {
    this.#clock = clock;
    this.#isBusy = isBusy;
  }

  get size(): number {
    return this.#waiting.size;
  }

  first(): Waiter | undefined {
    return this.#waiting.values().next().value;
  }

  /** Resolves with none after `wish.waitMsMax`, and on `signal`. */
  add(wish: ReceiveWish, filter: MessageFilter, signal: AbortSignal): Promise<readonly Delivery[]> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        cancel();
        signal.removeEventListener("abort", giveUp);
        this.#late.delete(waiter);
        return this.#waiting.delete(waiter);
      };
      const waiter: Waiter = {
        wish,
        filter,
        isWaiting: () => this.#waiting.has(waiter),
        settle: (deliveries) => leave() && resolve(deliveries),
        fail: (error) => leave() && reject(error),
      };
      const giveUp = () => waiter.settle([]);
      const cancel = this.#clock.after(wish.waitMsMax, () => {
        if (this.#isBusy()) this.#late.add(waiter);
        else giveUp();
      });
      this.#waiting.add(waiter);
      signal.addEventListener("abort", giveUp, { once: true });
      if (signal.aborted) giveUp();
    });
  }

  settleLate(): void {
    for (const waiter of [...this.#late]) waiter.settle([]);
  }

  /** All get this; nobody waits any more. */
  failAll(error: unknown): void {
    for (const waiter of [...this.#waiting]) waiter.fail(error);
  }
}
