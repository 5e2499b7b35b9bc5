import { MAX_RETRIES_DEFAULT } from "../../../contract/limits/rocketmq.ts";
import { withRule } from "../../../contract/validation/refusal.ts";
import type { Clock } from "../../core/kit/clock.ts";
import {
  type Delivery,
  type GroupPlace,
  type HalfMessage,
  type MessagingBackend,
  type MessagingClient,
  MessagingError,
  type MessagingGroup,
  type MessagingTopic,
  type NewMessage,
  type ReceiveWish,
  type SendReceipt,
} from "../../rocketmq-grpc/backend.ts";
import { Burials } from "./burials.ts";
import type { Subscription } from "./delivery/subscription.ts";
import type { InstanceFigures } from "./figures.ts";
import { filterOf } from "./filter/filter.ts";
import type { HeldMessages } from "./held-messages.ts";
import { instanceFigures } from "./instance-figures.ts";
import { Sending } from "./sending.ts";
import { GROWING_RETRY_MS, type GroupSpec, type InstanceSpec, type TopicSpec } from "./spec.ts";
import type { StateStore } from "./state/state-store.ts";
import type { StateWriter } from "./state/state-writer.ts";
import { Subscriptions } from "./subscriptions.ts";
import type { TopicLog } from "./topic-log.ts";

/** As groups are named that a client may have made. */
const GROUP_NAME = /^[\w%-]{1,60}$/;

/** Of a name that is nobody's, in words. */
const NAMED_CHARS_MAX = 128;

interface InstanceBrokerParts {
  readonly clock: Clock;
  readonly state: StateStore;
  readonly writer: StateWriter;
  readonly held: HeldMessages;
  readonly open: (topic: TopicSpec) => Promise<TopicLog>;
  /** A client uses a group that is not declared: as it was made, undefined where that may not be. */
  readonly makeGroup: (instanceId: string, group: string) => Promise<GroupSpec | undefined>;
  /** Figures have changed; `isUrgent` when clients came or went. */
  readonly changed: (isUrgent: boolean) => void;
}

/** Keeps and hands out the messages of one instance. */
export class InstanceBroker implements MessagingBackend {
  readonly #parts: InstanceBrokerParts;
  readonly #subscriptions: Subscriptions;
  readonly #burials: Burials;
  readonly #sending: Sending;
  readonly #listeners = new Set<(half: HalfMessage) => void>();
  readonly #throttled = new Map<string, number>();
  #spec: InstanceSpec;
  #topics = new Map<string, TopicSpec>();
  #groups = new Map<string, GroupSpec>();
  #clients: readonly MessagingClient[] = [];

  constructor(spec: InstanceSpec, parts: InstanceBrokerParts) {
    this.#parts = parts;
    const { clock, state, writer, open, held } = parts;
    const topicOf = (name: string) => this.#topics.get(name);
    this.#burials = new Burials({ clock, open, topicOf });
    this.#sending = new Sending({ clock, open, held });
    this.#subscriptions = new Subscriptions({
      clock,
      state,
      writer,
      open,
      bury: (group, topic, message) => this.#burials.bury(group, topic, message),
      changed: () => parts.changed(false),
    });
    this.#spec = spec;
    this.update(spec);
  }

  get spec(): InstanceSpec {
    return this.#spec;
  }

  get allowsAnonymous(): boolean {
    return this.#spec.allowsAnonymous;
  }

  update(spec: InstanceSpec): void {
    this.#spec = spec;
    this.#topics = new Map(spec.topics.map((topic) => [topic.name, topic]));
    this.#groups = new Map(spec.groups.map((group) => [group.name, group]));
    this.#subscriptions.update(spec.groups, spec.topics);
    this.#parts.changed(false);
  }

  /** Opens what the group has begun with: retries go on and lag is known although nobody asks. */
  async resume(groupId: string, topicId: string): Promise<void> {
    const group = this.#spec.groups.find(({ id }) => id === groupId);
    const topic = this.#spec.topics.find(({ id }) => id === topicId);
    if (group && topic) await this.#subscriptions.of(group, topic);
  }

  async secretOf(username: string): Promise<string | undefined> {
    return this.#spec.accounts.find((account) => account.username === username)?.password;
  }

  topic(name: string): MessagingTopic | undefined {
    return this.#topics.get(name);
  }

  group(name: string): MessagingGroup | undefined {
    const declared = this.#groups.get(name);
    if (declared || !this.#spec.makesGroups || !GROUP_NAME.test(name)) return declared;
    return { name, isOrdered: false, maxRetries: MAX_RETRIES_DEFAULT, retryMs: GROWING_RETRY_MS };
  }

  async send(topic: string, messages: readonly NewMessage[]): Promise<readonly SendReceipt[]> {
    const receipts = await this.#sending.send(this.#topicNamed(topic), messages);
    this.#parts.changed(false);
    return receipts;
  }

  async receive(wish: ReceiveWish, signal: AbortSignal): Promise<readonly Delivery[]> {
    const filter = filterOf(wish.filter);
    const subscription = await this.#subscription(wish);
    try {
      return await subscription.receive(wish, filter, signal);
    } catch (error) {
      const isThrottled = error instanceof MessagingError && error.code === "TOO_MANY_REQUESTS";
      if (isThrottled) this.#throttled.set(wish.group, (this.#throttled.get(wish.group) ?? 0) + 1);
      throw error;
    }
  }

  async ack(place: GroupPlace, handle: string): Promise<boolean> {
    return await (await this.#subscription(place)).ack(handle);
  }

  async changeInvisible(place: GroupPlace, handle: string, invisibleMs: number): Promise<string | undefined> {
    return await (await this.#subscription(place)).changeInvisible(handle, invisibleMs);
  }

  async forwardToDeadLetters(place: GroupPlace, handle: string): Promise<boolean> {
    return (await this.#subscription(place)).forward(handle);
  }

  async endTransaction(
    topic: string,
    transactionId: string,
    decision: "COMMIT" | "ROLLBACK",
  ): Promise<boolean> {
    return await this.#parts.held.decide(this.#topicNamed(topic).id, transactionId, decision);
  }

  async recall(topic: string, recallHandle: string): Promise<string | undefined> {
    return this.#parts.held.recall(this.#topicNamed(topic).id, recallHandle);
  }

  clients(present: readonly MessagingClient[]): void {
    this.#clients = present;
    this.#openSubscribed();
    this.#parts.changed(true);
  }

  onUndecided(listener: (half: HalfMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** A half message of this topic is undecided. */
  ask(topicId: string, transactionId: string, message: NewMessage): void {
    const topic = this.#spec.topics.find(({ id }) => id === topicId)?.name;
    if (topic === undefined) return;
    for (const listener of this.#listeners) listener({ topic, transactionId, message });
  }

  /** A delayed or half message whose time has come; false where its topic has gone. */
  async deliver(topicId: string, message: NewMessage): Promise<boolean> {
    const topic = this.#spec.topics.find(({ id }) => id === topicId);
    if (!topic) return false;
    await (await this.#parts.open(topic)).append([message], this.#parts.clock.now());
    return true;
  }

  /** The group goes on with what was stored at or behind this time, without one behind all. */
  async reset(place: GroupPlace, toMs: number | undefined): Promise<void> {
    const subscription = await this.#subscription(place);
    const { topic } = subscription;
    await subscription.reset(toMs === undefined ? topic.endOffset : await topic.offsetOf(toMs));
  }

  figures(): Promise<InstanceFigures> {
    const { clock, held, open } = this.#parts;
    return instanceFigures({
      nowMs: clock.now(),
      spec: this.#spec,
      clients: this.#clients,
      subscriptions: [...this.#subscriptions.open()],
      buried: this.#burials,
      throttled: this.#throttled,
      held: (topicId) => held.count(topicId),
      open,
    });
  }

  close(): void {
    this.#subscriptions.close();
  }

  /** What a client says that it subscribes to is begun with then, whenever it asks for it first. */
  #openSubscribed(): void {
    for (const { group: name = "", subscriptions } of this.#clients) {
      const group = this.#groups.get(name);
      for (const { topic } of group ? subscriptions : []) {
        const spec = this.#topics.get(topic);
        // What cannot be opened now is told to the client when it asks.
        if (group && spec) this.#subscriptions.of(group, spec).catch(() => undefined);
      }
    }
  }

  async #subscription({ group: name, topic }: GroupPlace): Promise<Subscription> {
    const spec = this.#topicNamed(topic);
    const group = this.#groups.get(name) ?? (await this.#madeGroup(name));
    if (!group) {
      const text = withRule(
        `${this.#spec.instanceId} has no group ${JSON.stringify(name)}; make it first`,
        "RMQ-9",
      );
      throw new MessagingError("GROUP_NOT_FOUND", text);
    }
    return await this.#subscriptions.of(group, spec);
  }

  async #madeGroup(name: string): Promise<GroupSpec | undefined> {
    if (!this.#spec.makesGroups || !GROUP_NAME.test(name)) return undefined;
    return await this.#parts.makeGroup(this.#spec.instanceId, name);
  }

  #topicNamed(name: string): TopicSpec {
    const topic = this.#topics.get(name);
    if (topic) return topic;
    const text = `${this.#spec.instanceId} has no topic ${JSON.stringify(name.slice(0, NAMED_CHARS_MAX))}; make it first`;
    throw new MessagingError("TOPIC_NOT_FOUND", text);
  }
}
