import { MinHeap } from "../min-heap.ts";

/** A message that the group has begun with and not finished. */
export interface Entry {
  readonly offset: number;
  readonly storedAtMs: number;
  readonly messageGroup: string | undefined;
  /** So often handed out. */
  attempt: number;
  /** Handed out: hidden until then. Else when it became ready. */
  visibleAtMs: number;
  /** `waiting` for one before it of its message group; `dead` when no attempt is left and it is being taken away. */
  state: "waiting" | "ready" | "out" | "dead";
}

interface Timed {
  readonly entry: Entry;
  readonly visibleAtMs: number;
}

/** Items of the heap that count no longer are dropped when there are so many more than entries. */
const STALE_MAX = 1_000;

/** What a group has begun with of one topic: who may be handed out now, later, and only behind others. */
export class Pending {
  readonly #entries = new Map<number, Entry>();
  /** In the order in which they became so. */
  readonly #ready = new Set<Entry>();
  #out = new MinHeap<Timed>(({ visibleAtMs }) => visibleAtMs);
  /** By message group, in the order of the topic; the first one is the one that may be handed out. */
  #gates = new Map<string, Entry[]>();
  #isOrdered: boolean;
  #waiting = 0;

  constructor(isOrdered: boolean, entries: readonly Entry[]) {
    this.#isOrdered = isOrdered;
    for (const entry of entries) this.#entries.set(entry.offset, entry);
    this.#arrange();
  }

  get size(): number {
    return this.#entries.size;
  }

  get readyCount(): number {
    return this.#ready.size + this.#waiting;
  }

  get isOrdered(): boolean {
    return this.#isOrdered;
  }

  set isOrdered(isOrdered: boolean) {
    if (isOrdered === this.#isOrdered) return;
    this.#isOrdered = isOrdered;
    this.#arrange();
  }

  /** When the first one of those handed out, or put off, becomes visible again. */
  get dueAtMs(): number | undefined {
    for (let top = this.#out.peek(); top; top = this.#out.peek()) {
      if (isCurrent(top)) return top.visibleAtMs;
      this.#out.pop();
    }
    return undefined;
  }

  get(offset: number): Entry | undefined {
    return this.#entries.get(offset);
  }

  all(): Entry[] {
    return [...this.#entries.values()];
  }

  /** Of those that nobody has now; undefined where there are none. */
  oldestReadyMs(): number | undefined {
    let oldest: number | undefined;
    for (const { storedAtMs } of this.#ready) oldest = Math.min(oldest ?? storedAtMs, storedAtMs);
    return oldest;
  }

  /** A message that was read; ready, unless one of its message group is before it. */
  add(entry: Entry): void {
    this.#entries.set(entry.offset, entry);
    this.#enter(entry);
  }

  nextReady(): Entry | undefined {
    return this.#ready.values().next().value;
  }

  handOut(entry: Entry, visibleAtMs: number): void {
    entry.attempt += 1;
    this.hide(entry, visibleAtMs);
  }

  hide(entry: Entry, visibleAtMs: number): void {
    this.#ready.delete(entry);
    entry.state = "out";
    entry.visibleAtMs = visibleAtMs;
    if (this.#out.size > 2 * this.#entries.size + STALE_MAX) this.#sweep();
    this.#out.push({ entry, visibleAtMs });
  }

  /** Nobody got it after all: the attempt does not count. */
  giveBack(entry: Entry, nowMs: number): void {
    if (entry.state !== "out") return;
    entry.attempt -= 1;
    this.#becomeReady(entry, nowMs);
  }

  /** Those whose time has come: ready again, or dead when they had `attemptsMax` attempts. Returns those that died. */
  expire(nowMs: number, attemptsMax: number): Entry[] {
    const dead: Entry[] = [];
    for (let top = this.#out.peek(); top && top.visibleAtMs <= nowMs; top = this.#out.peek()) {
      this.#out.pop();
      if (!isCurrent(top)) continue;
      if (top.entry.attempt >= attemptsMax) {
        top.entry.state = "dead";
        dead.push(top.entry);
      } else {
        this.#becomeReady(top.entry, top.visibleAtMs);
      }
    }
    return dead;
  }

  /** It is done with; the next one of its message group may go. */
  finish(entry: Entry): void {
    if (this.#entries.get(entry.offset) !== entry) return;
    this.#entries.delete(entry.offset);
    this.#ready.delete(entry);
    if (entry.state === "waiting") this.#waiting -= 1;
    entry.state = "dead";
    const gate = entry.messageGroup === undefined ? undefined : this.#gates.get(entry.messageGroup);
    if (!gate) return;
    const wasFirst = gate[0] === entry;
    gate.splice(gate.indexOf(entry), 1);
    const next = gate[0];
    if (!next) this.#gates.delete(entry.messageGroup as string);
    else if (wasFirst && next.state === "waiting") {
      this.#waiting -= 1;
      this.#becomeReady(next, next.visibleAtMs);
    }
  }

  #enter(entry: Entry): void {
    const { messageGroup } = entry;
    const gate = this.#isOrdered && messageGroup !== undefined ? this.#gateOf(messageGroup) : [];
    gate.push(entry);
    // One that is out already, from before the group was ordered, stays with whoever has it.
    if (gate.length === 1 || entry.state === "out") this.#place(entry);
    else {
      entry.state = "waiting";
      this.#waiting += 1;
    }
  }

  #gateOf(messageGroup: string): Entry[] {
    const known = this.#gates.get(messageGroup) ?? [];
    this.#gates.set(messageGroup, known);
    return known;
  }

  #place(entry: Entry): void {
    if (entry.state === "out") this.#out.push({ entry, visibleAtMs: entry.visibleAtMs });
    else if (entry.state !== "dead") this.#becomeReady(entry, entry.visibleAtMs);
  }

  #becomeReady(entry: Entry, sinceMs: number): void {
    entry.visibleAtMs = sinceMs;
    entry.state = "ready";
    this.#ready.add(entry);
  }

  #arrange(): void {
    this.#gates = new Map();
    this.#ready.clear();
    this.#out = new MinHeap<Timed>(({ visibleAtMs }) => visibleAtMs);
    this.#waiting = 0;
    for (const entry of this.all().sort((one, other) => one.offset - other.offset)) {
      this.#enter(entry);
    }
  }

  #sweep(): void {
    const out = this.all().filter(({ state }) => state === "out");
    this.#out = new MinHeap<Timed>(
      ({ visibleAtMs }) => visibleAtMs,
      out.map((entry) => ({ entry, visibleAtMs: entry.visibleAtMs })),
    );
  }
}

function isCurrent({ entry, visibleAtMs }: Timed): boolean {
  return entry.state === "out" && entry.visibleAtMs === visibleAtMs;
}
