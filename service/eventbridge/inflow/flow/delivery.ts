import { type DeliveryError, deliveryError } from "../failure.ts";
import type { RoutedMessage } from "../message/message-builder.ts";
import type { TaskCounts } from "./figures.ts";
import { type RetryParts, retrying } from "./retrying.ts";

/** An event on its way. */
export interface EventItem {
  readonly event: unknown;
  /** Of its row. */
  readonly key: string;
}

interface RoutedItem extends EventItem {
  readonly message: RoutedMessage["message"];
}

/** Thrown where a task has to stop: it tolerates no error, or its dead-letter queue does not take the event. */
export class Blocked extends Error {}

interface DeliveryParts {
  readonly retry: Omit<RetryParts, "failed">;
  readonly counts: TaskCounts;
  readonly failed: (error: DeliveryError) => void;
  /** Functions that the events go through, in their order (MQ-15). */
  readonly functions: readonly EventFunction[];
  readonly build: (event: unknown, key: string) => RoutedMessage;
  readonly send: (topic: string, messages: readonly RoutedMessage["message"][]) => Promise<void>;
  /** Whether what goes wrong stops the task (tolerance NONE, MQ-14). */
  readonly isStrict: boolean;
  /** Stores raw events; undefined drops them. */
  readonly bury: ((items: readonly EventItem[], error: DeliveryError) => Promise<void>) | undefined;
}

export type EventFunction = (
  items: readonly EventItem[],
  signal: AbortSignal,
) => Promise<readonly EventItem[]>;

/** Brings batches to the sink: what resolves is there, in the dead-letter queue, or given up as the task says. */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #retry: RetryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#retry = { ...parts.retry, failed: (error) => this.#failed(error) };
  }

  /** Rejects with Blocked, and with the signal's reason. */
  async deliver(items: readonly EventItem[], signal: AbortSignal): Promise<void> {
    await this.#clean(items, 0, signal);
  }

  /** Through the functions from the given one on. */
  async #clean(items: readonly EventItem[], from: number, signal: AbortSignal): Promise<void> {
    const call = this.#parts.functions[from];
    if (items.length === 0) return;
    if (!call) return this.#sendAll(items, signal);
    await this.#inHalves(items, signal, async (part) => {
      const cleaned = await retrying(this.#retry, signal, () => call(part, signal));
      await this.#clean(cleaned, from + 1, signal);
    });
  }

  /** Those of one topic together, each topic's in their order. */
  async #sendAll(items: readonly EventItem[], signal: AbortSignal): Promise<void> {
    const byTopic = new Map<string, RoutedItem[]>();
    for (const item of items) {
      try {
        const { topic, message } = this.#parts.build(item.event, item.key);
        const those = byTopic.get(topic) ?? [];
        byTopic.set(topic, those);
        those.push({ ...item, message });
      } catch (thrown) {
        await this.#giveUp([item], deliveryError(thrown), signal);
      }
    }
    for (const [topic, routed] of byTopic) {
      await this.#inHalves(routed, signal, async (part) => {
        const messages = part.map(({ message }) => message);
        await retrying(this.#retry, signal, () => this.#parts.send(topic, messages));
        this.#parts.counts.sent += messages.length;
      });
    }
  }

  /** What is wrong with one of many shows when they go apart; the order stays. */
  async #inHalves<T extends EventItem>(
    all: readonly T[],
    signal: AbortSignal,
    work: (part: readonly T[]) => Promise<void>,
  ): Promise<void> {
    try {
      await work(all);
    } catch (thrown) {
      if (thrown instanceof Blocked || signal.aborted) throw thrown;
      const error = deliveryError(thrown);
      if (!error.isFinal || all.length === 1) return this.#giveUp(all, error, signal);
      const half = Math.ceil(all.length / 2);
      await this.#inHalves(all.slice(0, half), signal, work);
      await this.#inHalves(all.slice(half), signal, work);
    }
  }

  /** After the last retry (MQ-14). */
  async #giveUp(items: readonly EventItem[], error: DeliveryError, signal: AbortSignal): Promise<void> {
    const { isStrict, bury, counts } = this.#parts;
    this.#failed(error);
    if (isStrict) throw new Blocked(`${error.code}: ${error.message}`);
    if (!bury) {
      counts.dropped += items.length;
      return;
    }
    const patient = {
      ...this.#retry,
      // Nothing that was to be kept is given up.
      isAwaited: () => true,
    };
    try {
      await retrying(patient, signal, () => bury(items, error));
    } catch (thrown) {
      signal.throwIfAborted();
      const { code, message } = deliveryError(thrown);
      throw new Blocked(
        `the dead-letter queue does not take what failed (${error.message}): ${code}: ${message}`,
      );
    }
    counts.deadLettered += items.length;
  }

  #failed(error: DeliveryError): void {
    this.#parts.counts.failed += 1;
    this.#parts.failed(error);
  }
}
