import type { StateChange, StoredSubscription } from "../state/state-store.ts";
import type { Entry } from "./pending.ts";

/** How far a group is with a topic, and what of that is not kept yet. */
export class Progress {
  readonly id: number;
  #nextOffset: number;
  /** Entries that have a row. */
  readonly #kept: Set<number>;
  #put = new Set<Entry>();
  #removed = new Set<number>();

  constructor({ id, nextOffset, entries }: StoredSubscription) {
    this.id = id;
    this.#nextOffset = nextOffset;
    this.#kept = new Set(entries.map(({ offset }) => offset));
  }

  /** Of the first message that was not looked at. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  move(nextOffset: number): void {
    this.#nextOffset = nextOffset;
  }

  put(entry: Entry): void {
    this.#put.add(entry);
  }

  remove(entry: Entry): void {
    this.#put.delete(entry);
    if (this.#kept.delete(entry.offset)) this.#removed.add(entry.offset);
  }

  takeChange(): StateChange {
    const put = [...this.#put];
    const removed = [...this.#removed];
    this.#put = new Set();
    this.#removed = new Set();
    for (const { offset } of put) this.#kept.add(offset);
    return { id: this.id, nextOffset: this.#nextOffset, put, removed };
  }

  /** It could not be kept. */
  putBack({ put, removed }: StateChange): void {
    for (const offset of removed) this.#removed.add(offset);
    for (const entry of put) {
      // What was finished meanwhile has left `kept`; a row that is not there is removed in vain.
      if (this.#kept.has(entry.offset)) this.#put.add(entry);
    }
  }
}
