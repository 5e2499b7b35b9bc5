import { hash } from "node:crypto";
import type { Delivery, HalfMessage, NewMessage } from "../backend.ts";
import { enums } from "./generated/enums.ts";
import type { DeadLetterQueue, Message, SystemProperties } from "./generated/messages.d.ts";
import { wireTime } from "./times.ts";
import type { Draft } from "./wire.ts";

/** Where a dead letter has come from. No producer can set these. */
const ORIGIN_TOPIC = "DLQ_ORIGIN_TOPIC";
const ORIGIN_MESSAGE_ID = "DLQ_ORIGIN_MESSAGE_ID";

const { DigestType, Encoding, MessageType } = enums;

/** A message as it is handed to a consumer. */
export function deliveredMessage(topic: string, delivery: Delivery): Draft<Message> {
  const { message, offset, storedAtMs, attempt, handle, invisibleMs } = delivery;
  return messageOf(topic, message, {
    storeTimestamp: wireTime(storedAtMs),
    queueOffset: offset,
    deliveryAttempt: attempt,
    receiptHandle: handle,
    invisibleDuration: wireTime(invisibleMs),
  });
}

/** A message as its producer is asked about it. */
export function undecidedMessage({ topic, message }: HalfMessage): Draft<Message> {
  return messageOf(topic, message, {});
}

function messageOf(topic: string, message: NewMessage, delivered: Draft<SystemProperties>): Draft<Message> {
  const {
    [ORIGIN_TOPIC]: originTopic,
    [ORIGIN_MESSAGE_ID]: originId,
    ...userProperties
  } = message.properties;
  const deadLetterQueue: Draft<DeadLetterQueue> | undefined =
    originTopic === undefined || originId === undefined
      ? undefined
      : { topic: originTopic, messageId: originId };
  return {
    topic: { name: topic },
    userProperties,
    body: message.body,
    systemProperties: {
      ...delivered,
      tag: message.tag,
      keys: message.keys,
      messageId: message.messageId,
      bodyDigest: digestOf(message),
      bodyEncoding: message.wire.bodyEncoding || Encoding.IDENTITY,
      messageType: MessageType[typeOf(message)],
      bornTimestamp: wireTime(message.bornAtMs),
      bornHost: message.bornHost,
      queueId: 0,
      deliveryTimestamp: message.deliverAtMs === undefined ? undefined : wireTime(message.deliverAtMs),
      messageGroup: message.messageGroup,
      traceContext: message.wire.traceContext,
      deadLetterQueue,
    },
  };
}

function typeOf({
  isHalf,
  deliverAtMs,
  messageGroup,
}: NewMessage): "NORMAL" | "FIFO" | "DELAY" | "TRANSACTION" {
  if (isHalf) return "TRANSACTION";
  if (deliverAtMs !== undefined) return "DELAY";
  return messageGroup === undefined ? "NORMAL" : "FIFO";
}

/** The clients write a CRC in different ways, so that none is handed on. Some cannot take a message without a digest. */
function digestOf({ body, wire: { bodyDigestType, bodyDigest } }: NewMessage): {
  type: number;
  checksum: string;
} {
  const isCommon = bodyDigestType === DigestType.MD5 || bodyDigestType === DigestType.SHA1;
  if (isCommon && bodyDigest !== "") return { type: bodyDigestType, checksum: bodyDigest };
  return { type: DigestType.MD5, checksum: digest("md5", body) };
}

/** In capitals, as all clients write it. */
export function digest(algorithm: "md5" | "sha1", body: Uint8Array): string {
  return hash(algorithm, body, "hex").toUpperCase();
}
