import type { MessagingGroup, MessagingTopic } from "./backend.ts";
import type { Room } from "./calls/call.ts";
import { Refusal } from "./status.ts";
import type { Resource } from "./wire/generated/messages.d.ts";

const NAME = /^[%|a-zA-Z0-9_-]+$/;
const TOPIC_CHARS_MAX = 127;
const GROUP_CHARS_MAX = 120;

/** Throws ILLEGAL_TOPIC and TOPIC_NOT_FOUND. */
export function topicOf(resource: Resource | null, room: Room): MessagingTopic {
  const name = topicNameOf(resource);
  const topic = isOurs(resource, room) ? room.backend.topic(name) : undefined;
  if (!topic)
    throw new Refusal("TOPIC_NOT_FOUND", `no topic is called ${named(resource)} here: make it first`);
  return topic;
}

/** Throws ILLEGAL_CONSUMER_GROUP and CONSUMER_GROUP_NOT_FOUND: no client makes a group (RMQ-9). */
export function groupOf(resource: Resource | null, room: Room): MessagingGroup {
  const name = resource?.name ?? "";
  if (!NAME.test(name) || name.length > GROUP_CHARS_MAX)
    throw new Refusal(
      "ILLEGAL_CONSUMER_GROUP",
      `a consumer group is called by 1 to ${GROUP_CHARS_MAX} of letters, digits, "_", "-", "%" and "|"`,
    );
  const group = isOurs(resource, room) ? room.backend.group(name) : undefined;
  if (!group)
    throw new Refusal(
      "CONSUMER_GROUP_NOT_FOUND",
      `no consumer group is called ${named(resource)} here: make it first`,
    );
  return group;
}

/** The name alone, whether there is such a topic or not. Throws ILLEGAL_TOPIC. */
export function topicNameOf(resource: Resource | null): string {
  const name = resource?.name ?? "";
  if (!NAME.test(name) || name.length > TOPIC_CHARS_MAX)
    throw new Refusal(
      "ILLEGAL_TOPIC",
      `a topic is called by 1 to ${TOPIC_CHARS_MAX} of letters, digits, "_", "-", "%" and "|"`,
    );
  return name;
}

function isOurs(resource: Resource | null, { namespace }: Room): boolean {
  return ["", namespace].includes(resource?.resourceNamespace ?? "");
}

function named(resource: Resource | null): string {
  const { name = "", resourceNamespace = "" } = resource ?? {};
  return resourceNamespace === "" ? name : `${name} in the namespace ${resourceNamespace.slice(0, 128)}`;
}
