import type { Kernel } from "../../core/kernel.ts";
import type { Group, Instance, Tag, Topic } from "../entities.ts";
import { tagList } from "../params.ts";

/** 1: the account owns it. */
const owner = { Relation: 1, RelationName: "Owner" };

export function topicView(kernel: Kernel, instance: Instance, topic: Topic, tags: readonly Tag[]): object {
  return {
    Topic: topic.name,
    InstanceId: topic.instanceId,
    IndependentNaming: instance.namespace,
    MessageType: topic.messageType,
    Owner: kernel.settings.accountId,
    ...owner,
    Remark: topic.remark,
    ServiceStatus: 0,
    CreateTime: topic.createdAtMs,
    Tags: tagList(tags),
  };
}

export function groupView(kernel: Kernel, instance: Instance, group: Group, tags: readonly Tag[]): object {
  return {
    GroupId: group.name,
    GroupType: group.groupType,
    InstanceId: group.instanceId,
    IndependentNaming: instance.namespace,
    Owner: kernel.settings.accountId,
    Remark: group.remark,
    CreateTime: group.createdAtMs,
    UpdateTime: group.updatedAtMs,
    Tags: tagList(tags),
  };
}
