import type { OutgoingMessage, SendWish } from "../../../core/threads/data-lines.ts";
import type { RoutedMessage } from "../message/message-builder.ts";

/** Resolves when all are durable. */
export type Send = (wish: SendWish) => Promise<void>;

type GroupedMessage = RoutedMessage["message"];

/** Topics whose kind is remembered. */
const TOPICS_MAX = 10_000;

/** Sends to the topics of one instance, with message groups where a topic has such. */
export class Sender {
  readonly #send: Send;
  readonly #instanceId: string;
  /** Whether messages of the topic have groups; learned from what is refused. */
  readonly #isGrouped = new Map<string, boolean>();

  constructor(send: Send, instanceId: string) {
    this.#send = send;
    this.#instanceId = instanceId;
  }

  async send(topic: string, messages: readonly GroupedMessage[]): Promise<void> {
    const isGrouped = this.#isGrouped.get(topic) ?? false;
    try {
      await this.#sendAs(topic, messages, isGrouped);
    } catch (error) {
      if ((error as { code?: unknown }).code !== "MESSAGE_TYPE") throw error;
      await this.#sendAs(topic, messages, !isGrouped);
      if (this.#isGrouped.size >= TOPICS_MAX) this.#isGrouped.clear();
      this.#isGrouped.set(topic, !isGrouped);
    }
  }

  #sendAs(topic: string, messages: readonly GroupedMessage[], isGrouped: boolean): Promise<void> {
    const outgoing: readonly OutgoingMessage[] = isGrouped
      ? messages
      : messages.map(({ messageGroup, ...message }) => message);
    return this.#send({ instanceId: this.#instanceId, topic, messages: outgoing });
  }
}
