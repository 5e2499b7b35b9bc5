import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group, Topic } from "../entities.ts";
import { rocketmqStore } from "../store.ts";
import { timeText } from "./time.ts";

const regionOf = (kernel: Kernel, instanceId: string) =>
  rocketmqStore(kernel.store).instance(instanceId)?.region ?? kernel.settings.region;

export function topicView(kernel: Kernel, topic: Topic) {
  return {
    instanceId: topic.instanceId,
    regionId: regionOf(kernel, topic.instanceId),
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
export function groupSummary(kernel: Kernel, group: Group) {
  return {
    instanceId: group.instanceId,
    regionId: regionOf(kernel, group.instanceId),
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

export function groupDetail(kernel: Kernel, group: Group) {
  return {
    ...groupSummary(kernel, group),
    deliveryOrderType: group.order,
    consumeRetryPolicy: group.retry,
    exclusive: group.exclusive,
  };
}
