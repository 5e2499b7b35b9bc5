import type { Clock } from "../../../core/kit/clock.ts";
import type { Delivery, ReceiveWish } from "../../../rocketmq-grpc/backend.ts";
import { type GroupSpec, retryWait } from "../spec.ts";
import type { PlacedMessage, TopicLog } from "../topic-log.ts";
import { handleOf } from "./handle.ts";
import type { Entry, Pending } from "./pending.ts";
import type { Progress } from "./progress.ts";
import type { Waiter } from "./waiters.ts";

/** Begun with and not finished, of one group and topic; no new ones are handed out beyond that. */
const PENDING_MAX = 50_000;
const READ_BYTES_MIN = 64 * 1024;
const READ_BYTES_MAX = 1024 * 1024;
export const INVISIBLE_MS_MAX = 12 * 3_600_000;

interface TakingParts {
  readonly clock: Clock;
  readonly topic: TopicLog;
  readonly pending: Pending;
  readonly progress: Progress;
  /** As it is now. */
  readonly group: () => GroupSpec;
  /** Progress has changed. */
  readonly changed: () => void;
}

interface Taken {
  readonly entry: Entry;
  readonly found: PlacedMessage;
}

/** Takes for one client what it may have: what comes again first, then what was not looked at. One call at a time. */
export class Taking {
  readonly #parts: TakingParts;

  constructor(parts: TakingParts) {
    this.#parts = parts;
  }

  /** Of the first message that was not looked at and is still kept. */
  from(): number {
    return Math.max(this.#parts.progress.nextOffset, this.#parts.topic.startOffset);
  }

  /** None where there is none now. Rejects where the topic cannot be read; then nothing is taken. */
  async take(waiter: Waiter): Promise<Taken[]> {
    const taken: Taken[] = [];
    try {
      await this.#again(waiter, taken);
      await this.#new(waiter, taken);
    } catch (error) {
      this.giveBack(taken);
      throw error;
    }
    return taken;
  }

  /** What comes again, and what waited for one before it. */
  async #again(waiter: Waiter, taken: Taken[]): Promise<void> {
    const { wish } = waiter;
    for (let entry = this.#parts.pending.nextReady(); entry; entry = this.#parts.pending.nextReady()) {
      if (taken.length >= wish.messagesMax || bytesOf(taken) >= wish.bytesMax || !waiter.isWaiting()) return;
      this.#handOut(entry, wish);
      const found = await this.#parts.topic.at(entry.offset).catch((error: unknown) => {
        this.#parts.pending.giveBack(entry as Entry, this.#parts.clock.now());
        throw error;
      });
      // Retention has taken it, or a reset has forgotten it.
      if (!found) this.#drop(entry);
      else if (this.#parts.pending.get(entry.offset) === entry) taken.push({ entry, found });
    }
  }

  async #new(waiter: Waiter, taken: Taken[]): Promise<void> {
    const { wish, filter } = waiter;
    const isEnough = () =>
      taken.length >= wish.messagesMax || this.#parts.pending.size >= PENDING_MAX || !waiter.isWaiting();
    let isFilled = false;
    while (!isFilled && !isEnough() && this.from() < this.#parts.topic.endOffset) {
      const from = this.#parts.progress.nextOffset;
      const page = await this.#parts.topic.read(from, readBytes(wish.messagesMax - taken.length));
      // A reset has moved the group meanwhile.
      if (this.#parts.progress.nextOffset !== from) continue;
      let nextOffset = page.nextOffset;
      for (const found of page.messages) {
        const isWanted = filter(found.message);
        if (isEnough() || (isWanted && isTooMuch(taken, found, wish))) {
          nextOffset = found.offset;
          isFilled = true;
          break;
        }
        if (isWanted) this.#take(found, wish, taken);
      }
      this.#parts.progress.move(nextOffset);
      this.#parts.changed();
    }
  }

  #take(found: PlacedMessage, wish: ReceiveWish, taken: Taken[]): void {
    const entry: Entry = {
      offset: found.offset,
      storedAtMs: found.storedAtMs,
      messageGroup: found.message.messageGroup,
      attempt: 0,
      visibleAtMs: found.storedAtMs,
      state: "ready",
    };
    this.#parts.pending.add(entry);
    // Behind another one of its message group: its turn comes.
    if (this.#parts.pending.get(entry.offset)?.state === "waiting") this.#parts.progress.put(entry);
    else {
      this.#handOut(entry, wish);
      taken.push({ entry, found });
    }
  }

  #handOut(entry: Entry, { invisibleMs, isPush }: ReceiveWish): void {
    const isLast = entry.attempt >= this.#parts.group().maxRetries;
    const waitMs = isPush && !isLast ? retryWait(this.#parts.group(), entry.attempt + 1) : 0;
    const hiddenMs = Math.min(Math.max(1, invisibleMs), INVISIBLE_MS_MAX) + waitMs;
    this.#parts.pending.handOut(entry, this.#parts.clock.now() + hiddenMs);
    this.#parts.progress.put(entry);
    this.#parts.changed();
  }

  giveBack(taken: readonly Taken[]): void {
    for (const { entry } of taken) {
      this.#parts.pending.giveBack(entry, this.#parts.clock.now());
      this.#parts.progress.put(entry);
    }
  }

  delivery({ entry, found }: Taken, { invisibleMs }: ReceiveWish): Delivery {
    return {
      message: found.message,
      offset: found.offset,
      storedAtMs: found.storedAtMs,
      attempt: entry.attempt,
      handle: handleOf(this.#parts.progress.id, entry),
      invisibleMs,
    };
  }

  #drop(entry: Entry): void {
    this.#parts.pending.finish(entry);
    this.#parts.progress.remove(entry);
    this.#parts.changed();
  }
}

/** One message that is larger than all may be goes alone. */
function isTooMuch(taken: readonly Taken[], { message }: PlacedMessage, { bytesMax }: ReceiveWish): boolean {
  return taken.length > 0 && bytesOf(taken) + message.body.length > bytesMax;
}

function bytesOf(taken: readonly Taken[]): number {
  return taken.reduce((sum, { found }) => sum + found.message.body.length, 0);
}

function readBytes(messages: number): number {
  return Math.min(Math.max(READ_BYTES_MIN, messages * 2_048), READ_BYTES_MAX);
}
