import type { ChangePage, ChangeReaderCalls } from "../../../core/threads/data-lines.ts";
import type { Line } from "../../../core/threads/line.ts";
import { type Change, changesOf, type EventOrigin } from "../event/change-events.ts";
import { deliveryError } from "../failure.ts";
import { BatchWindow, batchLimits } from "../flow/batch-window.ts";
import type { Delivery, EventItem } from "../flow/delivery.ts";
import type { TaskCounts } from "../flow/figures.ts";
import { Committer } from "./committer.ts";
import type { PageReader } from "./reading.ts";
import type { TaskOrder } from "./task-order.ts";

/** What has nothing for the sink, heartbeats for example, is recorded so often. */
const IDLE_COMMIT_MS = 2_000;
const COMMIT_MS_MAX = 30_000;

interface FlowParts {
  readonly order: TaskOrder;
  readonly topic: string;
  readonly line: Line<ChangeReaderCalls>;
  readonly reader: PageReader;
  /** Offset at which reading begins. */
  readonly from: number;
  readonly matches: (event: unknown) => boolean;
  readonly delivery: Delivery;
  readonly counts: TaskCounts;
  readonly bytesMax: number;
  readonly now: () => number;
  /** Called when an offset is durable. */
  readonly recorded: () => Promise<void>;
}

/** From pages of changes to the sink, in order; an offset is recorded only when all before it has been dealt with. */
export class TaskFlow {
  readonly #parts: FlowParts;
  readonly #origin: EventOrigin;
  readonly #window: BatchWindow<EventItem>;
  readonly #committer: Committer;
  readonly #broken = new AbortController();
  /** Behind the last record that is dealt with or in the window, and its time. */
  #next: number;
  #seconds = 0;
  #endOffset = 0;
  #doneOffset: number;
  #committedAtMs = 0;
  deliveredSeconds: number | undefined;

  constructor(parts: FlowParts) {
    const { order, topic, from, bytesMax } = parts;
    const { CountBasedWindow: messages, TimeBasedWindow: seconds } = order.options?.BatchWindow ?? {};
    this.#parts = parts;
    this.#origin = { accountId: order.accountId, region: order.region, stream: order.name, topic };
    this.#window = new BatchWindow(batchLimits({ messages, seconds }, bytesMax));
    this.#next = from;
    this.#doneOffset = from;
    this.#committer = new Committer(
      from,
      (offset, at) => this.#commit(offset, at),
      (error) => this.#broken.abort(error),
    );
  }

  /** Records behind the last one that was dealt with. */
  get lag(): number {
    return Math.max(0, this.#endOffset - this.#doneOffset);
  }

  /** Until the signal is aborted or something fails; what was dealt with is recorded when it rejects. */
  async run(stop: AbortSignal): Promise<never> {
    const signal = AbortSignal.any([stop, this.#broken.signal]);
    try {
      for (;;) {
        const waitMs = this.#window.leftMs(this.#parts.now()) ?? Number.POSITIVE_INFINITY;
        const page = waitMs === 0 ? undefined : await this.#parts.reader.next(waitMs, signal);
        if (page) await this.#take(page, signal);
        const isDue = this.#window.leftMs(this.#parts.now()) === 0;
        if (isDue) await this.#flush(signal);
        if (this.#window.isEmpty) this.#idle();
      }
    } finally {
      await this.#committer.settled();
    }
  }

  async #take(page: ChangePage, signal: AbortSignal): Promise<void> {
    this.#endOffset = page.endOffset;
    for (const payload of page.payloads) {
      for (const change of changesOf(payload, this.#next, this.#origin)) {
        if (this.#isWanted(change)) await this.#gather(change, signal);
        this.#next = change.offset + 1;
        this.#seconds = change.seconds;
      }
    }
    this.#next = Math.max(this.#next, page.nextOffset);
  }

  async #gather({ event, key, bytes }: Change, signal: AbortSignal): Promise<void> {
    if (this.#window.isFullFor(bytes)) await this.#flush(signal);
    this.#window.add({ event, key }, bytes, this.#parts.now());
  }

  #isWanted({ event }: Change): boolean {
    if (event === undefined) return false;
    const { counts, matches } = this.#parts;
    counts.received += 1;
    if (isMatched(matches, event)) return true;
    counts.filtered += 1;
    return false;
  }

  async #flush(signal: AbortSignal): Promise<void> {
    const [offset, seconds] = [this.#next, this.#seconds];
    await this.#parts.delivery.deliver(this.#window.take(), signal);
    this.deliveredSeconds = seconds;
    this.#reached(offset, seconds);
  }

  /** Nothing waits to be sent. */
  #idle(): void {
    this.#doneOffset = this.#next;
    if (this.#parts.now() - this.#committedAtMs >= IDLE_COMMIT_MS) this.#reached(this.#next, this.#seconds);
  }

  #reached(offset: number, seconds: number): void {
    this.#doneOffset = offset;
    this.#committedAtMs = this.#parts.now();
    this.#committer.reached(offset, seconds);
  }

  async #commit(offset: number, seconds: number): Promise<void> {
    const { line, order, recorded } = this.#parts;
    const metadata = seconds > 0 ? String(seconds) : "";
    await line.ask("commit", { groupId: order.groupId, offset, metadata }, { msMax: COMMIT_MS_MAX });
    await recorded().catch((thrown: Error) => {
      throw deliveryError(thrown);
    });
  }
}

/** What cannot be judged goes on: whether a message comes of it is seen there, and nothing is lost without a word. */
function isMatched(matches: (event: unknown) => boolean, event: object): boolean {
  try {
    return matches(event);
  } catch {
    return true;
  }
}
