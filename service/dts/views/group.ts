import { groupActivity } from "../../core/kit/activity.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group } from "../entities.ts";
import { utcText } from "./time.ts";

/** -1 in a figure says that no client is connected; so it is published. */
const NO_CLIENT = -1;

/** A group with its live figures; the two families name its id differently. */
export function groupFields(kernel: Kernel, group: Group) {
  const activity = groupActivity(kernel, "dts", group.groupId);
  const connected = activity.connectedClients > 0;
  const lastMs = activity.lastConsumedAtMs;
  const now = kernel.clock.now();
  return {
    ConsumerGroupName: group.name,
    ConsumerGroupUserName: group.userName,
    ConsumptionCheckpoint: lastMs === undefined ? "" : utcText(lastMs),
    MessageDelay: connected ? Math.max(0, Math.floor((now - (lastMs ?? now)) / 1000)) : NO_CLIENT,
    UnconsumedData: connected ? activity.accumulatedMessages : NO_CLIENT,
  };
}
