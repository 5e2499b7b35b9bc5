import type { StateChange, StateStore } from "./state-store.ts";

/** What is told within this time is written together. */
const GATHER_MS = 5;
/** After a write that failed. */
const RETRY_MS = 500;

/** One whose state changes. */
interface Source {
  /** What has changed since it was asked last; it counts as told. */
  takeChange(): StateChange;
  /** It could not be written: it is to be told again. */
  putBack(change: StateChange): void;
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes the state of all subscriptions, what comes close together in one transaction. */
export class StateWriter {
  readonly #store: StateStore;
  #changed = new Set<Source>();
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(store: StateStore) {
    this.#store = store;
  }

  /** It is written soon. */
  changed(source: Source): void {
    if (this.#isClosed) return;
    this.#changed.add(source);
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS);
  }

  /** Resolves when all that has changed until now is kept. Rejects when it could not be; it is tried again then. */
  kept(source: Source): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error("the broker stops"));
    this.changed(source);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Writes now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#changed.size === 0) return;
    const sources = [...this.#changed];
    const waiting = this.#waiting;
    this.#changed = new Set();
    this.#waiting = [];
    const changes = sources.map((source) => source.takeChange());
    try {
      this.#store.write(changes);
    } catch (error) {
      for (const [at, source] of sources.entries()) {
        source.putBack(changes[at] as StateChange);
        this.#changed.add(source);
      }
      if (!this.#isClosed) this.#timer = setTimeout(() => this.flush(), RETRY_MS);
      for (const { reject } of waiting) reject(error);
      return;
    }
    for (const { resolve } of waiting) resolve();
  }

  close(): void {
    this.#isClosed = true;
    this.flush();
    clearTimeout(this.#timer);
  }
}
