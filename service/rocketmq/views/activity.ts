import type { Kernel } from "../../core/kit/kernel.ts";
import type { GroupActivity, GroupClient, TopicActivity } from "../../core/kit/ports.ts";
import type { Group } from "../entities.ts";
import { rocketmqStore } from "../store.ts";

const CLUSTERING = "CLUSTERING";

export function connectionView(client: GroupClient) {
  const [host = ""] = client.address.split(":");
  return {
    clientId: client.clientId,
    egressIp: host,
    hostname: client.address,
    language: client.language ?? "",
    version: client.version ?? "",
    messageModel: CLUSTERING,
  };
}

/** A subscription as the detail gives it. `activity` is the group's, `topic` one of its topics or of one of its clients. */
export function subscriptionDto(
  group: Group,
  activity: GroupActivity,
  topic: Pick<TopicActivity, "topic" | "filter" | "filterType">,
) {
  return {
    consumerGroupId: group.groupId,
    topicName: topic.topic,
    filterExpression: topic.filter,
    filterExpressionType: topic.filterType,
    messageModel: group.messageModel ?? CLUSTERING,
    subscriptionStatus: activity.connectedClients > 0 ? "ONLINE" : "OFFLINE",
  };
}

/** A subscription as the list of a group gives it. */
export function subscriptionView(
  kernel: Kernel,
  group: Group,
  activity: GroupActivity,
  topic: TopicActivity,
) {
  return {
    ...subscriptionDto(group, activity, topic),
    consistency: topic.consistent,
    topicCreated: rocketmqStore(kernel.store).topics.get(group.instanceId, topic.topic) !== undefined,
  };
}

export function topicLag(topic: TopicActivity) {
  return {
    readyCount: topic.accumulatedMessages,
    inflightCount: topic.inflightMessages,
    deliveryDuration: topic.delaySeconds,
    lastConsumeTimestamp: topic.lastConsumedAtMs ?? 0,
  };
}

/** The sum over the topics; where figures by topic are missing, the group's own. */
export function totalLag(activity: GroupActivity, topics: readonly TopicActivity[]) {
  const sum = (of: (topic: TopicActivity) => number) => topics.reduce((total, topic) => total + of(topic), 0);
  const known = topics.length > 0;
  return {
    readyCount: known ? sum((topic) => topic.accumulatedMessages) : activity.accumulatedMessages,
    inflightCount: sum((topic) => topic.inflightMessages),
    deliveryDuration: Math.max(0, ...topics.map((topic) => topic.delaySeconds)),
    lastConsumeTimestamp: known
      ? Math.max(...topics.map((topic) => topic.lastConsumedAtMs ?? 0))
      : (activity.lastConsumedAtMs ?? 0),
  };
}
