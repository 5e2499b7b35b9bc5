import type { Clock } from "../../core/kit/clock.ts";
import { Subscription } from "./delivery/subscription.ts";
import type { GroupSpec, TopicSpec } from "./spec.ts";
import type { StateStore } from "./state/state-store.ts";
import type { StateWriter } from "./state/state-writer.ts";
import type { PlacedMessage, TopicLog } from "./topic-log.ts";

interface SubscriptionsParts {
  readonly clock: Clock;
  readonly state: StateStore;
  readonly writer: StateWriter;
  readonly open: (topic: TopicSpec) => Promise<TopicLog>;
  readonly bury: (group: GroupSpec, topic: string, message: PlacedMessage) => Promise<void>;
  readonly changed: () => void;
}

interface One {
  readonly group: GroupSpec;
  readonly topic: TopicSpec;
  readonly opened: Promise<Subscription>;
  /** Undefined while it is being opened. */
  subscription?: Subscription;
}

/** What the groups of an instance take out of its topics; each is opened when it is first asked for. */
export class Subscriptions {
  readonly #parts: SubscriptionsParts;
  readonly #all = new Map<string, One>();

  constructor(parts: SubscriptionsParts) {
    this.#parts = parts;
  }

  /** Those that are open. */
  *open(): Generator<Subscription & { readonly of: One }> {
    for (const one of this.#all.values()) {
      if (one.subscription) yield Object.assign(one.subscription, { of: one });
    }
  }

  of(group: GroupSpec, topic: TopicSpec): Promise<Subscription> {
    const key = `${group.id} ${topic.id}`;
    const known = this.#all.get(key);
    if (known) return known.opened;
    const one: One = { group, topic, opened: this.#open(group, topic) };
    this.#all.set(key, one);
    one.opened.then(
      (subscription) => {
        one.subscription = subscription;
        if (this.#all.get(key) !== one) subscription.close();
        this.#parts.changed();
      },
      () => {
        if (this.#all.get(key) === one) this.#all.delete(key);
      },
    );
    return one.opened;
  }

  /** Groups and topics as they are from now on; what is of others is closed. */
  update(groups: readonly GroupSpec[], topics: readonly TopicSpec[]): void {
    const byId = new Map(groups.map((group) => [group.id, group]));
    const topicIds = new Set(topics.map(({ id }) => id));
    for (const [key, one] of this.#all) {
      const group = byId.get(one.group.id);
      if (group && topicIds.has(one.topic.id)) one.subscription?.update(group);
      else {
        this.#all.delete(key);
        one.subscription?.close();
      }
    }
  }

  close(): void {
    this.update([], []);
  }

  async #open(group: GroupSpec, spec: TopicSpec): Promise<Subscription> {
    const { state, open, ...parts } = this.#parts;
    const topic = await open(spec);
    // A group that comes to a topic of which all is kept begins at its start, else at its end.
    const firstOffset = topic.startOffset === 0 ? 0 : topic.endOffset;
    const stored = state.find(group.id, spec.id) ?? state.begin(group.id, spec.id, firstOffset);
    // Of a log that was lost: the one that is there now has begun anew.
    const isLost = stored.nextOffset > topic.endOffset;
    const kept = isLost ? { id: stored.id, nextOffset: topic.startOffset, entries: [] } : stored;
    return new Subscription({ ...parts, topic, group, stored: kept });
  }
}
