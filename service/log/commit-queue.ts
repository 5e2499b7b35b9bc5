import type { LogEntry } from "./log.ts";

/** So much is gathered for one write; a call's entries are never parted. */
const GATHER_BYTES = 16 * 1024 * 1024;

interface Waiting {
  readonly entries: readonly LogEntry[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface CommitQueueParts {
  /** Makes entries durable, all or none. */
  readonly write: (entries: readonly LogEntry[]) => Promise<void>;
  /** Called before what was given up is told so. */
  readonly onFailed: () => void;
}

/**
 * One thing at a time for what changes a log, and group commit: what is appended while a write is under way is gathered and
 * written as one. How much may wait is for the caller to bound, who gets a promise for each call.
 */
export class CommitQueue {
  readonly #parts: CommitQueueParts;
  #waiting: Waiting[] = [];
  #running: Promise<unknown> = Promise.resolve();
  #isScheduled = false;

  constructor(parts: CommitQueueParts) {
    this.#parts = parts;
  }

  append(entries: readonly LogEntry[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entries, resolve, reject });
      this.#schedule();
    });
  }

  /** Runs when what is under way has ended, between two writes. */
  between<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#running.then(work);
    this.#running = result.catch(() => {});
    return result;
  }

  /** Runs when all that waits has been written or rejected. */
  behind<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.between(async () => {
      while (this.#waiting.length > 0) await this.#commit();
      return await work();
    });
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    void this.between(async () => {
      this.#isScheduled = false;
      await this.#commit();
      if (this.#waiting.length > 0) this.#schedule();
    });
  }

  async #commit(): Promise<void> {
    const group = this.#take();
    if (group.length === 0) return;
    try {
      await this.#parts.write(group.flatMap(({ entries }) => entries));
    } catch (error) {
      // What waits was meant to follow what is lost.
      const lost = [...group, ...this.#waiting.splice(0)];
      this.#parts.onFailed();
      for (const one of lost) one.reject(error);
      return;
    }
    for (const one of group) one.resolve();
  }

  #take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { entries } of this.#waiting) {
      for (const { payload } of entries) bytes += payload.length;
      if (count > 0 && bytes > GATHER_BYTES) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }
}
