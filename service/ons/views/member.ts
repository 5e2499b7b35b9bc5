import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group, Instance, Tag, Topic } from "../entities.ts";
import { tagList } from "./tags.ts";

/** 6: the account may publish and subscribe; tools read it so of their own topics. */
const relation = { Relation: 6, RelationName: "Publishable and Subscribable" };
/** 1: in service. A topic is ready at once. */
const IN_SERVICE = 1;

export function topicView(kernel: Kernel, instance: Instance, topic: Topic, tags: readonly Tag[]) {
  return {
    Topic: topic.name,
    InstanceId: topic.instanceId,
    IndependentNaming: instance.namespace,
    MessageType: topic.messageType,
    Owner: kernel.settings.accountId,
    ...relation,
    Remark: topic.remark,
    ServiceStatus: IN_SERVICE,
    CreateTime: topic.createdAtMs,
    Tags: tagList(tags),
  };
}

export function groupView(kernel: Kernel, instance: Instance, group: Group, tags: readonly Tag[]) {
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
