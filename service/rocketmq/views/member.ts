import type { Group, Topic } from "../entities.ts";
import { timeText } from "./time.ts";

/** `region` is that of the instance. */
export function topicView(topic: Topic, region: string) {
  return {
    instanceId: topic.instanceId,
    regionId: region,
    topicName: topic.name,
    messageType: topic.messageType,
    remark: topic.remark,
    status: topic.status,
    maxSendTps: topic.maxSendTps,
    liteTopicExpiration: topic.liteTopicExpiration,
    createTime: timeText(topic.createdAtMs),
    updateTime: timeText(topic.updatedAtMs),
  };
}

/** What a list says of a group; members that were not set are left out. */
export function groupSummary(group: Group, region: string) {
  return {
    instanceId: group.instanceId,
    regionId: region,
    consumerGroupId: group.groupId,
    remark: group.remark,
    status: group.status,
    maxReceiveTps: group.maxReceiveTps,
    messageModel: group.messageModel,
    topicName: group.topicName,
    createTime: timeText(group.createdAtMs),
    updateTime: timeText(group.updatedAtMs),
  };
}

export function groupDetail(group: Group, region: string) {
  return {
    ...groupSummary(group, region),
    deliveryOrderType: group.order,
    consumeRetryPolicy: group.retry,
    exclusive: group.exclusive,
  };
}
