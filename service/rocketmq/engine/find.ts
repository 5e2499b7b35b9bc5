import { ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group, Instance, Topic } from "../entities.ts";
import { rocketmqStore } from "../store.ts";

const asked = (parameter: string, id: string) => ({
  parameter,
  dynamicMessage: parameter,
  detail: `Asked for ${id}.`,
});

export function instanceOf(kernel: Kernel, instanceId: string): Instance {
  const instance = rocketmqStore(kernel.store).instance(instanceId);
  if (!instance) throw serviceError(ROCKETMQ_ERRORS.InstanceNotFound, asked("instanceId", instanceId));
  return instance;
}

/** An instance that takes topics, groups and changes: any that is not still being made. */
export function readyInstance(kernel: Kernel, instanceId: string): Instance {
  const instance = instanceOf(kernel, instanceId);
  if (instance.status === "CREATING") {
    throw serviceError(ROCKETMQ_ERRORS.InstanceNotRunning, {
      parameter: "instanceId",
      detail: `${instanceId} is CREATING; wait until it is RUNNING.`,
    });
  }
  return instance;
}

export function topicOf(kernel: Kernel, instanceId: string, name: string): Topic {
  instanceOf(kernel, instanceId);
  const topic = rocketmqStore(kernel.store).topics.get(instanceId, name);
  if (!topic) throw serviceError(ROCKETMQ_ERRORS.TopicNotFound, asked("topicName", name));
  return topic;
}

export function groupOf(kernel: Kernel, instanceId: string, groupId: string): Group {
  instanceOf(kernel, instanceId);
  const group = rocketmqStore(kernel.store).groups.get(instanceId, groupId);
  if (!group) throw serviceError(ROCKETMQ_ERRORS.GroupNotFound, asked("consumerGroupId", groupId));
  return group;
}
