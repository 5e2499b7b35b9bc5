import { groupActivity } from "../../core/kit/activity.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { GroupActivity } from "../../core/kit/ports.ts";
import type { Group } from "../entities.ts";

/** A group in the figures of the data plane. */
export function activityKey(group: Pick<Group, "instanceId" | "name">): string {
  return `${group.instanceId}/${group.name}`;
}

export function activityOf(kernel: Kernel, group: Group): GroupActivity {
  return groupActivity(kernel, "ons", activityKey(group));
}
