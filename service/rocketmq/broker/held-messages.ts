import { randomBytes } from "node:crypto";
import type { Clock } from "../../core/kit/clock.ts";
import { MessagingError, type NewMessage } from "../../rocketmq-grpc/backend.ts";
import { decodeMessage, encodeMessage } from "./message-record.ts";
import { MinHeap } from "./min-heap.ts";
import type { HeldPlace, HeldStore } from "./state/held-store.ts";

/** Until a producer is asked for the first time, and between further times. */
const FIRST_CHECK_MS = 6_000;
const CHECK_EVERY_MS = 30_000;
/** Asked so often and undecided, a half message is rolled back. */
const CHECKS_MAX = 15;
/** Of all topics together. */
const HELD_MAX = 200_000;
/** After delayed messages could not be appended to their topic. */
const RETRY_MS = 1_000;
/** Taken in one go, so that nothing else waits long. */
const RELEASED_AT_ONCE_MAX = 100;
/** Decisions that are remembered, so that one who asks twice is told the same. */
const DECIDED_MAX = 10_000;

type Decision = "COMMIT" | "ROLLBACK";

interface HeldMessagesParts {
  readonly clock: Clock;
  readonly store: HeldStore;
  /** To the topic; false where there is no such topic any more. Rejects when it cannot now. */
  readonly deliver: (topicId: string, message: NewMessage) => Promise<boolean>;
  readonly ask: (place: HeldPlace, message: NewMessage) => void;
  /** A half message that nobody decided is rolled back. */
  readonly givenUp: (place: HeldPlace, messageId: string) => void;
}

/** Messages that are not in their topic yet: delayed ones, and halves of transactions. */
export class HeldMessages {
  readonly #parts: HeldMessagesParts;
  readonly #held = new Map<string, HeldPlace>();
  #due: MinHeap<HeldPlace>;
  readonly #decided = new Map<string, Decision>();
  /** Being delivered; nothing else happens to them. */
  readonly #leaving = new Set<string>();
  /** In their topic already, but not taken out of here: the disk was full. */
  readonly #delivered = new Set<string>();
  /** How many are held, by topic. */
  readonly #counts = new Map<string, number>();
  #cancelTimer: (() => void) | undefined;
  #isClosed = false;

  constructor(parts: HeldMessagesParts) {
    this.#parts = parts;
    const places = parts.store.places();
    for (const place of places) this.#add(place);
    this.#due = new MinHeap(({ dueAtMs }) => dueAtMs, places);
    this.#arm();
  }

  /** Held of this topic. */
  count(topicId: string): number {
    return this.#counts.get(topicId) ?? 0;
  }

  /** Ids, in order, once all are durable. Throws a MessagingError; then none is held. */
  hold(topicId: string, kind: HeldPlace["kind"], messages: readonly NewMessage[]): string[] {
    if (this.#held.size + messages.length > HELD_MAX) {
      const text = `${HELD_MAX} messages wait for their time or their transaction already; send again later`;
      throw new MessagingError("TOO_MANY_REQUESTS", text);
    }
    const nowMs = this.#parts.clock.now();
    const rows = messages.map((message) => ({
      id: randomBytes(16).toString("hex"),
      topicId,
      kind,
      dueAtMs:
        kind === "HALF" ? nowMs + (message.askAfterMs ?? FIRST_CHECK_MS) : (message.deliverAtMs ?? nowMs),
      checks: 0,
      record: encodeMessage({ message, storedAtMs: nowMs }),
    }));
    try {
      this.#parts.store.insert(rows);
    } catch (error) {
      throw new MessagingError(
        "DISK_FULL",
        `what is to be held could not be kept: ${(error as Error).message}`,
      );
    }
    for (const { record, ...place } of rows) this.#keep(place);
    this.#arm();
    return rows.map(({ id }) => id);
  }

  /** False where there is no such half message of the topic, or it was decided the other way. */
  async decide(topicId: string, id: string, decision: Decision): Promise<boolean> {
    const place = this.#held.get(id);
    if (!place) return this.#decided.get(id) === decision;
    if (place.kind !== "HALF" || place.topicId !== topicId || this.#leaving.has(id)) return false;
    if (decision === "ROLLBACK" && this.#delivered.has(id)) return false;
    if (decision === "COMMIT") await this.#deliver(place);
    else this.#remove(place);
    this.#remember(id, decision);
    return true;
  }

  /** The message's own id; undefined where it is too late. */
  recall(topicId: string, id: string): string | undefined {
    const place = this.#held.get(id);
    if (place?.kind !== "DELAY" || place.topicId !== topicId) return undefined;
    if (this.#leaving.has(id) || this.#delivered.has(id)) return undefined;
    const message = this.#message(place);
    this.#remove(place);
    return message?.messageId;
  }

  /** All that is held of other topics than these goes. */
  keepOnly(topicIds: ReadonlySet<string>): void {
    const gone = [...this.#held.values()].filter(({ topicId }) => !topicIds.has(topicId));
    if (gone.length === 0) return;
    this.#parts.store.remove(gone.map(({ id }) => id));
    for (const place of gone) this.#forget(place);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer?.();
  }

  #keep(place: HeldPlace): void {
    this.#add(place);
    this.#due.push(place);
  }

  #remove(place: HeldPlace): void {
    this.#parts.store.remove([place.id]);
    this.#forget(place);
  }

  #add(place: HeldPlace): void {
    if (!this.#held.has(place.id)) this.#counts.set(place.topicId, this.count(place.topicId) + 1);
    this.#held.set(place.id, place);
  }

  #forget({ id, topicId }: HeldPlace): void {
    this.#delivered.delete(id);
    if (!this.#held.delete(id)) return;
    const left = this.count(topicId) - 1;
    if (left > 0) this.#counts.set(topicId, left);
    else this.#counts.delete(topicId);
  }

  #message({ id }: HeldPlace): NewMessage | undefined {
    const record = this.#parts.store.record(id);
    return record && decodeMessage(record).message;
  }

  /** First into the topic, then out of here: what a crash in between does is to deliver it twice. */
  async #deliver(place: HeldPlace): Promise<void> {
    this.#leaving.add(place.id);
    try {
      const message = this.#delivered.has(place.id) ? undefined : this.#message(place);
      if (message) {
        await this.#parts.deliver(place.topicId, message);
        // When it cannot be removed now, it must not come again with each further try.
        this.#delivered.add(place.id);
      }
      this.#remove(place);
    } finally {
      this.#leaving.delete(place.id);
    }
  }

  #remember(id: string, decision: Decision): void {
    const oldest = this.#decided.keys().next().value;
    if (this.#decided.size >= DECIDED_MAX && oldest !== undefined) this.#decided.delete(oldest);
    this.#decided.set(id, decision);
  }

  #arm(): void {
    this.#cancelTimer?.();
    const next = this.#due.peek();
    if (!next || this.#isClosed) return;
    const waitMs = Math.max(1, next.dueAtMs - this.#parts.clock.now());
    this.#cancelTimer = this.#parts.clock.after(waitMs, () => void this.#work());
  }

  async #work(): Promise<void> {
    const nowMs = this.#parts.clock.now();
    const due: HeldPlace[] = [];
    for (let next = this.#due.peek(); next && next.dueAtMs <= nowMs; next = this.#due.peek()) {
      this.#due.pop();
      // Recalled, decided or put off since: then it is not held like that any more.
      if (this.#held.get(next.id) === next) due.push(next);
      if (due.length >= RELEASED_AT_ONCE_MAX) break;
    }
    await Promise.all(
      due.map((place) =>
        (place.kind === "HALF" ? this.#check(place) : this.#release(place)).catch(() => this.#putOff(place)),
      ),
    );
    this.#arm();
  }

  /** The disk is full, or the message cannot be read: neither may end more than this one try. */
  #putOff(place: HeldPlace): void {
    if (this.#isClosed || !this.#held.has(place.id)) return;
    this.#keep({ ...place, dueAtMs: this.#parts.clock.now() + RETRY_MS });
  }

  async #release(place: HeldPlace): Promise<void> {
    if (!this.#leaving.has(place.id)) await this.#deliver(place);
  }

  async #check(place: HeldPlace): Promise<void> {
    if (this.#leaving.has(place.id) || this.#isClosed) return;
    // Committed, and only not taken out of here.
    if (this.#delivered.has(place.id)) return void (await this.decide(place.topicId, place.id, "COMMIT"));
    const message = this.#message(place);
    if (!message || place.checks >= CHECKS_MAX) {
      this.#remove(place);
      this.#remember(place.id, "ROLLBACK");
      if (message) this.#parts.givenUp(place, message.messageId);
      return;
    }
    const dueAtMs = this.#parts.clock.now() + CHECK_EVERY_MS;
    const asked = { ...place, checks: place.checks + 1, dueAtMs };
    this.#parts.store.defer(asked);
    this.#keep(asked);
    this.#parts.ask(asked, message);
  }
}
