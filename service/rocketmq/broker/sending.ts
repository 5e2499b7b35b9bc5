import type { Clock } from "../../core/kit/clock.ts";
import { MessagingError, type NewMessage, type SendReceipt } from "../../rocketmq-grpc/backend.ts";
import type { HeldMessages } from "./held-messages.ts";
import { judgeMessage } from "./judge-message.ts";
import type { TopicSpec } from "./spec.ts";
import type { TopicLog } from "./topic-log.ts";

/** Bodies that wait for the disk, of one instance. */
const UNDER_WAY_BYTES_MAX = 64 * 1024 * 1024;

interface SendingParts {
  readonly clock: Clock;
  readonly held: HeldMessages;
  readonly open: (topic: TopicSpec) => Promise<TopicLog>;
}

/** Takes messages in: into their topic, or to where they wait for their time or their transaction. */
export class Sending {
  readonly #parts: SendingParts;
  #underWayBytes = 0;

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  /** Rejects with a MessagingError; then none is kept. */
  async send(topic: TopicSpec, messages: readonly NewMessage[]): Promise<readonly SendReceipt[]> {
    const nowMs = this.#parts.clock.now();
    for (const message of messages) judgeMessage(topic, message, nowMs);
    if (messages.length === 0) return [];
    const bytes = messages.reduce((sum, { body }) => sum + body.length, 0);
    if (this.#underWayBytes > 0 && this.#underWayBytes + bytes > UNDER_WAY_BYTES_MAX) {
      const text = `messages of ${this.#underWayBytes} bytes wait for the disk already; send again later`;
      throw new MessagingError("TOO_MANY_REQUESTS", text);
    }
    this.#underWayBytes += bytes;
    try {
      return await this.#keep(topic, messages, nowMs);
    } finally {
      this.#underWayBytes -= bytes;
    }
  }

  async #keep(topic: TopicSpec, messages: readonly NewMessage[], nowMs: number): Promise<SendReceipt[]> {
    const { held, open } = this.#parts;
    if (topic.messageType === "TRANSACTION") {
      const ids = held.hold(topic.id, "HALF", messages);
      return messages.map(({ messageId }, at) => ({
        messageId,
        offset: 0,
        transactionId: ids[at] as string,
      }));
    }
    const isLate = ({ deliverAtMs = 0 }: NewMessage) => deliverAtMs > nowMs;
    if (topic.messageType === "DELAY" && messages.some(isLate)) {
      const ids = held.hold(topic.id, "DELAY", messages);
      return messages.map(({ messageId }, at) => ({ messageId, offset: 0, recallHandle: ids[at] as string }));
    }
    const baseOffset = await (await open(topic)).append(messages, nowMs);
    return messages.map(({ messageId }, at) => ({ messageId, offset: baseOffset + at }));
  }
}
