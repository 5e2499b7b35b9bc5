import { ONS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group, Instance, Topic } from "../entities.ts";
import { onsStore } from "../store.ts";

export function makeTopic(
  kernel: Kernel,
  instance: Instance,
  wanted: Pick<Topic, "name" | "messageType" | "remark">,
): void {
  kernel.store.transaction(() => {
    const clash = clashOf(kernel, instance, wanted.name);
    if (clash !== undefined)
      throw serviceError(ONS_ERRORS.TopicExisted, { parameter: "Topic", detail: clash });
    onsStore(kernel.store).topics.insert({
      ...wanted,
      instanceId: instance.instanceId,
      createdAtMs: kernel.clock.now(),
    });
  });
}

export function makeGroup(
  kernel: Kernel,
  instance: Instance,
  wanted: Pick<Group, "name" | "groupType" | "remark">,
): void {
  kernel.store.transaction(() => {
    const clash = clashOf(kernel, instance, wanted.name);
    if (clash !== undefined)
      throw serviceError(ONS_ERRORS.GroupExisted, { parameter: "GroupId", detail: clash, rule: "RMQ-1" });
    const now = kernel.clock.now();
    onsStore(kernel.store).groups.insert({
      ...wanted,
      instanceId: instance.instanceId,
      readEnabled: true,
      createdAtMs: now,
      updatedAtMs: now,
    });
  });
}

/**
 * RMQ-1: who has the name already, topic or group. In an instance with a namespace only its own names count;
 * without one, those of all instances in all regions.
 */
function clashOf(kernel: Kernel, instance: Instance, name: string): string | undefined {
  const { topics, groups } = onsStore(kernel.store);
  const counts = (instanceId: string) => !instance.namespace || instanceId === instance.instanceId;
  const scope = instance.namespace
    ? "names are unique in an instance"
    : `${instance.instanceId} has no namespace, so its names are unique over all instances`;
  const group = groups.instancesWith(name).find(counts);
  if (group !== undefined) return `${group} has the group ${JSON.stringify(name)}; ${scope}.`;
  const topic = topics.instancesWith(name).find(counts);
  return topic && `${topic} has the topic ${JSON.stringify(name)}; ${scope}.`;
}
