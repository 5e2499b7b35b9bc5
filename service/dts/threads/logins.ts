import { setTimeout as sleep } from "node:timers/promises";

/** As many as the listener lets log in at once, and some that it has cut off since. */
const WAITING_MAX = 400;
const AFTER_REFUSAL_MS = 20;

/**
 * One question about a login after the other: each costs the main thread a slow hash, and whoever tries passwords, over
 * however many connections, must not take all its time.
 */
export class Logins {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** Rejects when too many wait: such a client is neither let in nor told that its password is wrong. */
  async ask<Principal>(
    question: () => Promise<Principal | undefined> | Principal | undefined,
  ): Promise<Principal | undefined> {
    if (this.#waiting >= WAITING_MAX) throw new Error(`${WAITING_MAX} logins wait already`);
    this.#waiting += 1;
    const answer = this.#last.then(question);
    this.#last = answer.then(
      (principal) => (principal === undefined ? sleep(AFTER_REFUSAL_MS) : undefined),
      () => undefined,
    );
    return await answer.finally(() => {
      this.#waiting -= 1;
    });
  }
}
