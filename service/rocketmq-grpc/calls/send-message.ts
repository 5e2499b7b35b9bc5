import { incomingMessage, typeNameOf } from "../incoming.ts";
import { topicOf } from "../resources.ts";
import { OK, Refusal } from "../status.ts";
import type { Message, SendMessageRequest, SendMessageResponse } from "../wire/generated/messages.d.ts";
import type { Call } from "./call.ts";

/** One message or a batch: all are kept, or none. */
export const sendMessage: Call<SendMessageRequest, SendMessageResponse> = async (request, caller, room) => {
  const { messages } = request;
  const [first] = messages;
  if (!first) throw new Refusal("MESSAGE_CORRUPTED", "there is no message to send");
  if (messages.length > room.limits.messagesPerSendMax)
    throw new Refusal(
      "PAYLOAD_TOO_LARGE",
      `at most ${room.limits.messagesPerSendMax} messages are sent at once`,
    );
  const topic = topicOf(first.topic, room);
  for (const message of messages) checkType(message, first, topic);
  const news = messages.map((message) => incomingMessage(message, caller, room));
  room.clients.sends(caller.clientId, topic.name);
  const receipts = await room.backend.send(topic.name, news);
  return {
    status: OK,
    entries: receipts.map(({ messageId, offset, transactionId, recallHandle }) => ({
      status: OK,
      messageId,
      offset,
      transactionId,
      recallHandle,
    })),
  };
};

function checkType(message: Message, first: Message, topic: { name: string; messageType: string }): void {
  const { name, resourceNamespace } = message.topic ?? {};
  if (name !== first.topic?.name || resourceNamespace !== first.topic?.resourceNamespace)
    throw new Refusal("MESSAGE_CORRUPTED", "messages that are sent at once are of one topic");
  const type = typeNameOf(message);
  if (type !== topic.messageType)
    throw new Refusal(
      "MESSAGE_PROPERTY_CONFLICT_WITH_TYPE",
      `the topic ${topic.name} takes messages of the type ${topic.messageType}, this one is ${type}`,
    );
}
