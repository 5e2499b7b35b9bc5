import type { Clock } from "../../../core/kit/clock.ts";
import { type Delivery, MessagingError, type ReceiveWish } from "../../../rocketmq-grpc/backend.ts";
import type { MessageFilter } from "../filter/filter.ts";
import type { GroupSpec } from "../spec.ts";
import type { StoredSubscription } from "../state/state-store.ts";
import type { StateWriter } from "../state/state-writer.ts";
import type { PlacedMessage, TopicLog } from "../topic-log.ts";
import { DeadLetters } from "./dead-letters.ts";
import { handleOf, readHandle } from "./handle.ts";
import { Meter } from "./meter.ts";
import { type Entry, Pending } from "./pending.ts";
import { Progress } from "./progress.ts";
import { INVISIBLE_MS_MAX, Taking } from "./taking.ts";
import { type Waiter, Waiters } from "./waiters.ts";

/** Clients that wait at once. */
const WAITERS_MAX = 2_000;

interface SubscriptionParts {
  readonly clock: Clock;
  readonly topic: TopicLog;
  readonly group: GroupSpec;
  readonly stored: StoredSubscription;
  readonly writer: StateWriter;
  /** Takes away a message without attempts left: to the dead-letter topic, or counted. Rejects when it cannot now. */
  readonly bury: (group: GroupSpec, topic: string, message: PlacedMessage) => Promise<void>;
  /** Figures have changed. */
  readonly changed: () => void;
}

/** What one group takes out of one topic: who gets which message, when it comes again, and when it is given up. */
export class Subscription {
  readonly topic: TopicLog;
  readonly waiters: Waiters;
  readonly received = new Meter();
  readonly deadLetters: DeadLetters;
  readonly pending: Pending;
  readonly #parts: SubscriptionParts;
  readonly #progress: Progress;
  readonly #taking: Taking;
  readonly #endReadable: () => void;
  #group: GroupSpec;
  #cancelTimer: (() => void) | undefined;
  #timerAtMs = Number.POSITIVE_INFINITY;
  #isPumping = false;
  #mustPump = false;
  #isClosed = false;
  lastReceivedAtMs: number | undefined;
  lastFilter: ReceiveWish["filter"] = { type: "TAG", expression: "*" };

  constructor(parts: SubscriptionParts) {
    const { topic, group, stored, clock } = parts;
    this.#parts = parts;
    this.#group = group;
    this.topic = topic;
    this.waiters = new Waiters(clock, () => this.#isPumping);
    this.#progress = new Progress(stored);
    this.pending = new Pending(group.isOrdered, stored.entries);
    this.#taking = new Taking({
      clock,
      topic,
      pending: this.pending,
      progress: this.#progress,
      group: () => this.#group,
      changed: () => parts.writer.changed(this),
    });
    this.deadLetters = new DeadLetters({
      clock,
      topic,
      bury: (message) => parts.bury(this.#group, topic.name, message),
      done: (entry) => void this.#finish(entry).catch(() => undefined),
    });
    this.#endReadable = topic.onReadable(() => {
      parts.changed();
      this.#pump();
    });
    this.#expire();
  }

  get nextOffset(): number {
    return this.#progress.nextOffset;
  }

  /** Order and retries as they are from now on. */
  update(group: GroupSpec): void {
    this.#group = group;
    this.pending.isOrdered = group.isOrdered;
    this.#pump();
  }

  receive(wish: ReceiveWish, filter: MessageFilter, signal: AbortSignal): Promise<readonly Delivery[]> {
    if (this.#isClosed) return Promise.reject(gone(this.topic.name));
    if (this.waiters.size >= WAITERS_MAX) {
      const text = `${WAITERS_MAX} requests of ${wish.group} wait for ${wish.topic} already; ask again later`;
      return Promise.reject(new MessagingError("TOO_MANY_REQUESTS", text));
    }
    this.lastFilter = wish.filter;
    const answer = this.waiters.add(wish, filter, signal);
    this.#pump();
    return answer;
  }

  /** Resolves when it is kept. */
  async ack(handle: string): Promise<boolean> {
    const entry = this.#entryOf(handle);
    if (!entry) return false;
    await this.#finish(entry);
    return true;
  }

  async changeInvisible(handle: string, invisibleMs: number): Promise<string | undefined> {
    const entry = this.#entryOf(handle);
    if (!entry) return undefined;
    const visibleAtMs = this.#parts.clock.now() + Math.min(Math.max(0, invisibleMs), INVISIBLE_MS_MAX);
    this.pending.hide(entry, visibleAtMs);
    const changed = handleOf(this.#progress.id, entry);
    this.#progress.put(entry);
    await this.#kept();
    this.#expire();
    return changed;
  }

  forward(handle: string): boolean {
    const entry = this.#entryOf(handle);
    if (!entry) return false;
    this.pending.hide(entry, this.#parts.clock.now());
    entry.state = "dead";
    this.deadLetters.add(entry);
    return true;
  }

  /** The group goes on from there; what it has begun with is forgotten. */
  async reset(nextOffset: number): Promise<void> {
    for (const entry of this.pending.all()) this.#drop(entry);
    this.#progress.move(nextOffset);
    await this.#kept();
    this.#pump();
  }

  /** Messages handed out and not confirmed. */
  inflight(): number {
    return this.pending.size - this.pending.readyCount;
  }

  /** Messages that nobody has: not looked at yet, or to be had again. */
  ready(): number {
    return Math.max(0, this.topic.endOffset - this.#taking.from()) + this.pending.readyCount;
  }

  /** When the oldest of those was stored; undefined where there are none. */
  async oldestReadyMs(): Promise<number | undefined> {
    const waiting = this.pending.oldestReadyMs();
    if (waiting !== undefined || this.#taking.from() >= this.topic.endOffset) return waiting;
    const [first] = (await this.topic.read(this.#taking.from(), 1)).messages;
    return first?.storedAtMs;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
    this.#endReadable();
    this.deadLetters.close();
    this.waiters.failAll(gone(this.topic.name));
  }

  takeChange() {
    return this.#progress.takeChange();
  }

  putBack(change: Parameters<Progress["putBack"]>[0]): void {
    this.#progress.putBack(change);
  }

  #kept(): Promise<void> {
    this.#parts.changed();
    return this.#parts.writer.kept(this);
  }

  /** What the handle stands for, as long as nobody else has it and it was not given up. */
  #entryOf(handle: string): Entry | undefined {
    const read = readHandle(handle);
    const entry = read?.subscriptionId === this.#progress.id ? this.pending.get(read.offset) : undefined;
    if (entry?.attempt !== read?.attempt || entry?.visibleAtMs !== read?.visibleAtMs) return undefined;
    return entry?.state === "out" || entry?.state === "ready" ? entry : undefined;
  }

  async #finish(entry: Entry): Promise<void> {
    this.#drop(entry);
    this.#pump();
    await this.#kept();
  }

  #drop(entry: Entry): void {
    this.pending.finish(entry);
    this.#progress.remove(entry);
  }

  #expire(): void {
    const nowMs = this.#parts.clock.now();
    for (const entry of this.pending.expire(nowMs, this.#group.maxRetries + 1)) this.deadLetters.add(entry);
    const dueAtMs = this.pending.dueAtMs ?? Number.POSITIVE_INFINITY;
    if (dueAtMs === this.#timerAtMs || this.#isClosed) return;
    this.#cancelTimer?.();
    this.#timerAtMs = dueAtMs;
    this.#cancelTimer = undefined;
    if (dueAtMs === Number.POSITIVE_INFINITY) return;
    this.#cancelTimer = this.#parts.clock.after(Math.max(1, dueAtMs - nowMs), () => {
      this.#timerAtMs = Number.POSITIVE_INFINITY;
      this.#pump();
    });
  }

  #pump(): void {
    this.#mustPump = true;
    if (!this.#isPumping) void this.#pumpNow();
  }

  async #pumpNow(): Promise<void> {
    this.#isPumping = true;
    while (this.#mustPump && !this.#isClosed) {
      this.#mustPump = false;
      this.#expire();
      const waiter = this.waiters.first();
      if (waiter) await this.#serve(waiter).catch((error: unknown) => waiter.fail(error));
    }
    this.#isPumping = false;
    this.waiters.settleLate();
  }

  async #serve(waiter: Waiter): Promise<void> {
    const taken = await this.#taking.take(waiter);
    this.#expire();
    if (taken.length === 0) return;
    this.#mustPump = true;
    if (!waiter.isWaiting() || this.#isClosed) return this.#taking.giveBack(taken);
    this.lastReceivedAtMs = this.#parts.clock.now();
    this.received.add(taken.length, this.lastReceivedAtMs);
    this.#parts.changed();
    waiter.settle(taken.map((one) => this.#taking.delivery(one, waiter.wish)));
  }
}

function gone(topic: string): MessagingError {
  return new MessagingError(
    "CLOSED",
    `nothing is read of ${topic} any more: it was deleted, or the broker stops`,
  );
}
