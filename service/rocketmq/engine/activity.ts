import { groupActivity } from "../../core/kit/activity.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { GroupActivity } from "../../core/kit/ports.ts";
import type { Group } from "../entities.ts";

/** A group in the figures of the data plane. */
export function activityKey(group: Pick<Group, "instanceId" | "groupId">): string {
  return `${group.instanceId}/${group.groupId}`;
}

export function activityOf(kernel: Kernel, group: Group): GroupActivity {
  return groupActivity(kernel, "rocketmq", activityKey(group));
}
