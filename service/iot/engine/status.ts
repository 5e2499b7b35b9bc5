import { DEFAULT_GROUP_ID } from "../../../contract/limits/iot.ts";
import { groupActivity } from "../../core/kit/activity.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { GroupActivity } from "../../core/kit/ports.ts";
import type { Group } from "../entities.ts";

/** The group as the data plane knows it. Every instance has a default group of the same id. */
export function activityKey(group: Group): string {
  if (group.groupId !== DEFAULT_GROUP_ID) return group.groupId;
  return `${group.region}/${group.instanceId}/${DEFAULT_GROUP_ID}`;
}

export function activityOf(kernel: Kernel, group: Group): GroupActivity {
  return groupActivity(kernel, "iot", activityKey(group));
}
