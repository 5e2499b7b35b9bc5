import type { Clock } from "../../../core/kit/clock.ts";
import type { PlacedMessage, TopicLog } from "../topic-log.ts";
import type { Entry } from "./pending.ts";

/** After a message could not be taken away: its dead-letter topic is not there, or the disk is full. */
const RETRY_MS = 5_000;

interface DeadLettersParts {
  readonly clock: Clock;
  readonly topic: TopicLog;
  /** Rejects when it cannot now. */
  readonly bury: (message: PlacedMessage) => Promise<void>;
  /** It is taken away, or not kept any more. */
  readonly done: (entry: Entry) => void;
}

/** Takes away messages without attempts left, one behind the other; one that cannot go holds none of them back for ever. */
export class DeadLetters {
  readonly #parts: DeadLettersParts;
  readonly #waiting = new Set<Entry>();
  #isBusy = false;
  #cancelRetry: (() => void) | undefined;
  #isClosed = false;
  /** Why the last one could not be taken away; undefined when it could. */
  failure: string | undefined;

  constructor(parts: DeadLettersParts) {
    this.#parts = parts;
  }

  add(entry: Entry): void {
    this.#waiting.add(entry);
    void this.#work();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
  }

  async #work(): Promise<void> {
    if (this.#isBusy || this.#isClosed || this.#cancelRetry) return;
    this.#isBusy = true;
    for (const entry of this.#waiting) {
      const isDone = await this.#bury(entry);
      if (!isDone || this.#isClosed) continue;
      this.#waiting.delete(entry);
      this.#parts.done(entry);
    }
    this.#isBusy = false;
    if (this.#waiting.size === 0 || this.#isClosed) return;
    this.#cancelRetry = this.#parts.clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      void this.#work();
    });
  }

  async #bury(entry: Entry): Promise<boolean> {
    try {
      const message = await this.#parts.topic.at(entry.offset);
      if (message) await this.#parts.bury(message);
      this.failure = undefined;
      return true;
    } catch (error) {
      this.failure = (error as Error).message;
      return false;
    }
  }
}
