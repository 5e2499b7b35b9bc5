import type { Kernel } from "../../core/kit/kernel.ts";
import type { GroupActivity } from "../../core/kit/ports.ts";
import type { Group } from "../entities.ts";

/** A group in the figures of the data plane. */
export function activityKey(group: Pick<Group, "instanceId" | "groupId">): string {
  return `${group.instanceId}/${group.groupId}`;
}

/** What the data plane says of a group; nobody connected and nothing waiting where there is none. */
export function activityOf(kernel: Kernel, group: Group): GroupActivity {
  return (
    kernel.ports.find("activity")?.activity("rocketmq", activityKey(group)) ?? {
      connectedClients: 0,
      accumulatedMessages: 0,
      consumedPerMinute: 0,
      clients: [],
    }
  );
}
