import { MessagingError, type NewMessage } from "../../rocketmq-grpc/backend.ts";
import { RESERVED_PROPERTIES } from "../../rocketmq-grpc/wire/reserved-properties.ts";
import type { TopicSpec } from "./spec.ts";

/** Body, in bytes. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** Names and values together, in characters. */
const PROPERTIES_MAX = 64 * 1024;
const DELAY_MS_MAX = 40 * 24 * 3_600_000;

/** Throws a MessagingError where the topic does not take the message. */
export function judgeMessage(topic: TopicSpec, message: NewMessage, nowMs: number): void {
  const type = typeOf(message);
  if (type !== topic.messageType) {
    const text = `topic ${topic.name} takes ${topic.messageType} messages, ${message.messageId} is ${type}; ${ways[topic.messageType]}`;
    throw new MessagingError("MESSAGE_TYPE", text);
  }
  if (message.body.length > BODY_BYTES_MAX) {
    const text = `topic ${topic.name}: ${message.messageId} has a body of ${message.body.length} bytes, allowed ${BODY_BYTES_MAX}`;
    throw new MessagingError("MESSAGE_TOO_LARGE", text);
  }
  const properties = Object.entries(message.properties).reduce(
    (sum, [name, value]) => sum + name.length + value.length,
    0,
  );
  if (properties > PROPERTIES_MAX) {
    const text = `topic ${topic.name}: ${message.messageId} has properties of ${properties} characters, allowed ${PROPERTIES_MAX}`;
    throw new MessagingError("MESSAGE_TOO_LARGE", text);
  }
  const reserved = Object.keys(message.properties).find((name) => RESERVED_PROPERTIES.has(name));
  if (reserved !== undefined) {
    const text = `topic ${topic.name}: ${message.messageId} has a property ${reserved}, which is a name of the server's own; name it otherwise`;
    throw new MessagingError("ILLEGAL_MESSAGE", text);
  }
  if (message.deliverAtMs !== undefined && message.deliverAtMs - nowMs > DELAY_MS_MAX) {
    const text = `topic ${topic.name}: ${message.messageId} is to be delivered in more than 40 days`;
    throw new MessagingError("ILLEGAL_MESSAGE", text);
  }
}

const ways: Readonly<Record<TopicSpec["messageType"], string>> = {
  NORMAL: "send it without message group, time and transaction",
  FIFO: "send it with a message group",
  DELAY: "send it with a time of delivery",
  TRANSACTION: "send it within a transaction",
};

function typeOf({ isHalf, deliverAtMs, messageGroup }: NewMessage): TopicSpec["messageType"] {
  if (isHalf) return "TRANSACTION";
  if (deliverAtMs !== undefined) return "DELAY";
  return messageGroup === undefined ? "NORMAL" : "FIFO";
}
