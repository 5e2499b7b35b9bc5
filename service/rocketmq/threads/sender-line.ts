import { randomBytes } from "node:crypto";
import type { MessagePort } from "node:worker_threads";
import type { MessageSenderCalls, OutgoingMessage } from "../../core/threads/data-lines.ts";
import { LineError, openLine } from "../../core/threads/line.ts";
import { MessagingError, type NewMessage } from "../../rocketmq-grpc/backend.ts";
import { digest } from "../../rocketmq-grpc/wire/message.ts";
import type { InstanceBroker } from "../broker/instance-broker.ts";

/** As the wire numbers them: a digest that all clients compare, made once and handed on, and a body that is not compressed. */
const MD5 = 2;
const IDENTITY = 1;
/** The first byte of message ids, which is their form. */
const ID_FORM = "01";
const ID_BYTES = 16;
const SELF = "127.0.0.1:0";

/** Lets another thread of this service send messages over `port`. */
export function openSenderLine(
  port: MessagePort,
  instanceOf: (instanceId: string) => InstanceBroker | undefined,
  nowMs: () => number,
): void {
  openLine<Record<never, never>, MessageSenderCalls>(port, {
    async send({ instanceId, topic, messages }) {
      const instance = instanceOf(instanceId);
      if (!instance)
        throw new LineError("INSTANCE_NOT_FOUND", `there is no RocketMQ 5.x instance ${instanceId} here`);
      try {
        await instance.send(
          topic,
          messages.map((message) => newMessage(message, nowMs())),
        );
      } catch (error) {
        const isBusy = error instanceof MessagingError && error.code === "TOO_MANY_REQUESTS";
        throw isBusy ? new LineError("BUSY", error.message) : error;
      }
    },
  });
}

function newMessage(message: OutgoingMessage, nowMs: number): NewMessage {
  return {
    ...message,
    messageId: `${ID_FORM}${randomBytes(ID_BYTES).toString("hex").toUpperCase()}`,
    bornAtMs: nowMs,
    bornHost: SELF,
    wire: {
      bodyDigestType: MD5,
      bodyDigest: digest("md5", message.body),
      bodyEncoding: IDENTITY,
    },
  };
}
