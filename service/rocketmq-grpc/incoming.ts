import type { NewMessage } from "./backend.ts";
import type { Caller, Room } from "./calls/call.ts";
import type { MessagingLimits } from "./limits.ts";
import { type CodeName, Refusal } from "./status.ts";
import { enums } from "./wire/generated/enums.ts";
import type { Message, SystemProperties } from "./wire/generated/messages.d.ts";
import { digest } from "./wire/message.ts";
import { RESERVED_PROPERTIES } from "./wire/reserved-properties.ts";
import { msOf } from "./wire/times.ts";

const { DigestType, Encoding, MessageType } = enums;
const MESSAGE_ID_CHARS_MAX = 256;
const RECOVERY_MS_MAX = 3_600_000;
/** Of the texts that are handed on unread: born host, digest and trace context. */
const UNREAD_CHARS_MAX = 1_024;
/** The last moment that JavaScript knows. */
const EPOCH_MS_MAX = 8.64e15;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** What a producer has sent, judged as the published server does. Throws a Refusal. */
export function incomingMessage(message: Message, { address }: Caller, { limits, now }: Room): NewMessage {
  const system = message.systemProperties;
  const messageId = system?.messageId ?? "";
  if (!system || messageId.trim() === "" || messageId.length > MESSAGE_ID_CHARS_MAX)
    throw new Refusal("ILLEGAL_MESSAGE_ID", `a message has an id of 1 to ${MESSAGE_ID_CHARS_MAX} characters`);
  checkBody(message, system, limits);
  checkWords(message, system, limits);
  checkUnread(system);
  const askAfterMs =
    system.orphanedTransactionRecoveryDuration && msOf(system.orphanedTransactionRecoveryDuration);
  if (askAfterMs && !(askAfterMs > 0 && askAfterMs <= RECOVERY_MS_MAX))
    throw new Refusal("BAD_REQUEST", `a transaction is asked for after 0 to ${RECOVERY_MS_MAX} ms`);
  return {
    messageId,
    body: message.body,
    keys: system.keys,
    properties: message.userProperties,
    bornAtMs: bornAtMs(system, now()),
    bornHost: system.bornHost.trim() === "" ? address : system.bornHost,
    wire: {
      bodyDigestType: system.bodyDigest?.type ?? DigestType.DIGEST_TYPE_UNSPECIFIED,
      bodyDigest: system.bodyDigest?.checksum ?? "",
      bodyEncoding: system.bodyEncoding,
      ...(system.traceContext && { traceContext: system.traceContext }),
    },
    ...(system.tag && { tag: system.tag }),
    ...(system.messageGroup && { messageGroup: system.messageGroup }),
    ...(system.deliveryTimestamp && {
      deliverAtMs: deliverAtMs(msOf(system.deliveryTimestamp), limits, now()),
    }),
    ...(system.messageType === MessageType.TRANSACTION && { isHalf: true }),
    ...(askAfterMs && { askAfterMs }),
  };
}

/** By what it carries: the type that it names counts for transactions alone. */
export function typeNameOf({ systemProperties: system }: Message): keyof typeof MessageType {
  if (!system) return "MESSAGE_TYPE_UNSPECIFIED";
  if (system.messageType === MessageType.TRANSACTION) return "TRANSACTION";
  if (system.liteTopic) return "LITE";
  if (system.priority !== null) return "PRIORITY";
  if (system.deliveryTimestamp) return "DELAY";
  return system.messageGroup ? "FIFO" : "NORMAL";
}

function checkBody(
  { body }: Message,
  { bodyDigest }: SystemProperties,
  { bodyBytesMax }: MessagingLimits,
): void {
  if (body.length === 0) throw new Refusal("MESSAGE_BODY_EMPTY", "the body of a message is empty");
  if (body.length > bodyBytesMax)
    throw new Refusal("MESSAGE_BODY_TOO_LARGE", `the body of a message has at most ${bodyBytesMax} bytes`);
  const algorithm = { [DigestType.MD5]: "md5", [DigestType.SHA1]: "sha1" } as const;
  const name = algorithm[bodyDigest?.type as keyof typeof algorithm];
  if (name && bodyDigest?.checksum && digest(name, body) !== bodyDigest.checksum.toUpperCase())
    throw new Refusal("MESSAGE_CORRUPTED", "the body of a message is not that of its digest: send it again");
}

function checkWords(message: Message, system: SystemProperties, limits: MessagingLimits): void {
  const properties = Object.entries(message.userProperties);
  if (properties.length > limits.propertiesMax)
    throw new Refusal(
      "MESSAGE_PROPERTIES_TOO_LARGE",
      `a message has at most ${limits.propertiesMax} properties`,
    );
  for (const [key, value] of properties) {
    if (RESERVED_PROPERTIES.has(key))
      throw new Refusal(
        "ILLEGAL_MESSAGE_PROPERTY_KEY",
        `the property ${key} is the system's: choose another name`,
      );
    checkWord("ILLEGAL_MESSAGE_PROPERTY_KEY", "a property", `${key}${value}`);
  }
  const { tag, keys, messageGroup } = system;
  if (tag) checkWord("ILLEGAL_MESSAGE_TAG", "a tag", tag, "|");
  for (const key of keys) checkWord("ILLEGAL_MESSAGE_KEY", "a message key", key);
  if (messageGroup) checkWord("ILLEGAL_MESSAGE_GROUP", "a message group", messageGroup);
  if (messageGroup && Buffer.byteLength(messageGroup) >= limits.messageGroupBytesMax)
    throw new Refusal(
      "ILLEGAL_MESSAGE_GROUP",
      `a message group has fewer than ${limits.messageGroupBytesMax} bytes`,
    );
  const words = [...properties.flat(), tag ?? "", ...keys];
  const bytes = words.reduce((sum, word) => sum + Buffer.byteLength(word), 0);
  if (bytes > limits.propertyBytesMax)
    throw new Refusal(
      "MESSAGE_PROPERTIES_TOO_LARGE",
      `properties, tag and keys of a message have at most ${limits.propertyBytesMax} bytes together`,
    );
}

/** What is kept and handed on as it came has its bounds, too: no group could read a topic on behind what cannot be kept. */
function checkUnread({ bodyDigest, bodyEncoding, bornHost, traceContext }: SystemProperties): void {
  const type = bodyDigest?.type ?? DigestType.DIGEST_TYPE_UNSPECIFIED;
  if (!isOneOf(DigestType, type) || !isOneOf(Encoding, bodyEncoding))
    throw new Refusal(
      "BAD_REQUEST",
      "a message names a digest type or a body encoding that is not published",
    );
  for (const text of [bornHost, bodyDigest?.checksum ?? "", traceContext ?? ""])
    if (text.length > UNREAD_CHARS_MAX)
      throw new Refusal(
        "MESSAGE_PROPERTIES_TOO_LARGE",
        `born host, body digest and trace context have at most ${UNREAD_CHARS_MAX} characters each`,
      );
}

function isOneOf(published: Readonly<Record<string, number>>, value: number): boolean {
  return Object.values(published).includes(value);
}

/** A client's clock may be wrong, but a time that is none is not kept. */
function bornAtMs({ bornTimestamp }: SystemProperties, nowMs: number): number {
  const ms = bornTimestamp ? msOf(bornTimestamp) : nowMs;
  return ms >= 0 && ms <= EPOCH_MS_MAX ? ms : nowMs;
}

function checkWord(code: CodeName, what: string, word: string, forbidden?: string): void {
  if (word !== "" && word.trim() === "") throw new Refusal(code, `${what} is not of spaces alone`);
  if (CONTROL.test(word)) throw new Refusal(code, `${what} holds no control characters`);
  if (forbidden !== undefined && word.includes(forbidden))
    throw new Refusal(code, `${what} does not hold "${forbidden}"`);
}

function deliverAtMs(atMs: number, { delayMsMax }: MessagingLimits, now: number): number {
  if (!Number.isFinite(atMs) || atMs - now > delayMsMax)
    throw new Refusal("ILLEGAL_DELIVERY_TIME", `a message is delivered at most ${delayMsMax} ms later`);
  return Math.max(0, atMs);
}
