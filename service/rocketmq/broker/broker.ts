import type { Clock } from "../../core/kit/clock.ts";
import type { LogStore } from "../../log/log.ts";
import type { InstanceFigures } from "./figures.ts";
import { HeldMessages } from "./held-messages.ts";
import { InstanceBroker } from "./instance-broker.ts";
import type { GroupSpec, InstanceSpec, TopicSpec } from "./spec.ts";
import type { HeldStore } from "./state/held-store.ts";
import type { StateStore } from "./state/state-store.ts";
import { StateWriter } from "./state/state-writer.ts";
import { TopicLog } from "./topic-log.ts";

/** Logs opened at once when it starts. */
const OPENING_MAX = 16;

export interface BrokerParts {
  readonly clock: Clock;
  readonly logs: LogStore;
  readonly state: StateStore;
  readonly held: HeldStore;
  /** A client uses a group that is not declared: as it was made, undefined where that may not be. */
  readonly makeGroup: (instanceId: string, group: string) => Promise<GroupSpec | undefined>;
  /** Figures of the instance have changed; `isUrgent` when clients came or went. */
  readonly changed: (instanceId: string, isUrgent: boolean) => void;
  readonly note: (level: "info" | "warn" | "error", event: string, fields: Record<string, unknown>) => void;
}

/** Keeps the messages of all instances: topics in logs, groups' positions, and what waits for its time or its transaction. */
export class Broker {
  readonly #parts: BrokerParts;
  readonly #instances = new Map<string, InstanceBroker>();
  readonly #topics = new Map<string, Promise<TopicLog>>();
  readonly #writer: StateWriter;
  readonly #held: HeldMessages;

  constructor(parts: BrokerParts) {
    this.#parts = parts;
    const { clock, note } = parts;
    this.#writer = new StateWriter(parts.state);
    this.#held = new HeldMessages({
      clock,
      store: parts.held,
      deliver: async (topicId, message) => (await this.#ownerOf(topicId)?.deliver(topicId, message)) ?? false,
      ask: ({ topicId, id }, message) => this.#ownerOf(topicId)?.ask(topicId, id, message),
      givenUp: ({ topicId, id }, messageId) =>
        note("warn", "messages.transactionGivenUp", {
          instanceId: this.#ownerOf(topicId)?.spec.instanceId ?? "",
          transactionId: id,
          messageId,
        }),
    });
  }

  /** All that is declared; what is kept of anything else is removed. */
  async begin(specs: readonly InstanceSpec[]): Promise<void> {
    for (const spec of specs) this.#instances.set(spec.instanceId, this.#made(spec));
    const topicIds = new Set(specs.flatMap(({ topics }) => topics.map(({ id }) => id)));
    for (const name of await this.#parts.logs.list()) {
      if (!topicIds.has(name)) await this.#parts.logs.remove(name);
    }
    this.#forgetOthers();
    const stored = this.#parts.state.list();
    for (let at = 0; at < stored.length; at += OPENING_MAX) {
      await Promise.all(
        stored.slice(at, at + OPENING_MAX).map(({ groupId, topicId }) => this.#resume(groupId, topicId)),
      );
    }
  }

  /** Makes or changes an instance. */
  async serve(spec: InstanceSpec): Promise<InstanceBroker> {
    const known = this.#instances.get(spec.instanceId);
    if (!known) {
      const made = this.#made(spec);
      this.#instances.set(spec.instanceId, made);
      return made;
    }
    const before = known.spec;
    known.update(spec);
    await this.#removeTopics(before.topics.filter(({ id }) => !spec.topics.some((topic) => topic.id === id)));
    return known;
  }

  /** Removes an instance with all its messages. */
  async leave(instanceId: string): Promise<void> {
    const known = this.#instances.get(instanceId);
    if (!known) return;
    this.#instances.delete(instanceId);
    known.close();
    await this.#removeTopics(known.spec.topics);
  }

  instance(instanceId: string): InstanceBroker | undefined {
    return this.#instances.get(instanceId);
  }

  async figures(instanceId: string): Promise<InstanceFigures | undefined> {
    return await this.#instances.get(instanceId)?.figures();
  }

  /** What was answered is kept; whoever waits is told that it is closed. */
  async close(): Promise<void> {
    this.#held.close();
    for (const instance of this.#instances.values()) instance.close();
    this.#writer.close();
    await this.#parts.logs.close();
    this.#parts.state.close();
    this.#parts.held.close();
  }

  #made(spec: InstanceSpec): InstanceBroker {
    const { clock, state, makeGroup, changed } = this.#parts;
    return new InstanceBroker(spec, {
      clock,
      state,
      makeGroup,
      writer: this.#writer,
      held: this.#held,
      open: (topic) => this.#open(topic),
      changed: (isUrgent) => changed(spec.instanceId, isUrgent),
    });
  }

  async #resume(groupId: string, topicId: string): Promise<void> {
    const owner = this.#ownerOf(topicId);
    await owner?.resume(groupId, topicId).catch((error: Error) => {
      const { instanceId } = owner.spec;
      this.#parts.note("error", "messages.topicNotOpened", { instanceId, topicId, reason: error.message });
    });
  }

  #open({ id, name }: TopicSpec): Promise<TopicLog> {
    const known = this.#topics.get(id);
    if (known) return known;
    const opening = this.#parts.logs.open(id).then(async (log) => {
      await log.discardIncomplete();
      return new TopicLog(name, log);
    });
    this.#topics.set(id, opening);
    // One that could not be opened may be tried again.
    opening.catch(() => this.#topics.delete(id));
    return opening;
  }

  async #removeTopics(topics: readonly TopicSpec[]): Promise<void> {
    this.#forgetOthers();
    for (const { id } of topics) {
      this.#topics.delete(id);
      await this.#parts.logs.remove(id);
    }
  }

  #forgetOthers(): void {
    const specs = [...this.#instances.values()].map(({ spec }) => spec);
    const topicIds = new Set(specs.flatMap(({ topics }) => topics.map(({ id }) => id)));
    const groupIds = new Set(specs.flatMap(({ groups }) => groups.map(({ id }) => id)));
    this.#parts.state.keepOnly(groupIds, topicIds);
    this.#held.keepOnly(topicIds);
  }

  #ownerOf(topicId: string): InstanceBroker | undefined {
    for (const instance of this.#instances.values()) {
      if (instance.spec.topics.some(({ id }) => id === topicId)) return instance;
    }
    return undefined;
  }
}
