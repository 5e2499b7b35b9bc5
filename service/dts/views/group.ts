import { groupActivity } from "../../core/kit/activity.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group } from "../entities.ts";
import { utcText } from "./time.ts";

/** -1 in a figure says that no client is connected; so it is published. */
const NO_CLIENT = -1;

/** A group with its live figures; the two families name its id differently. */
export function groupFields(kernel: Kernel, group: Group) {
  const activity = groupActivity(kernel, "dts", group.groupId);
  const isConnected = activity.connectedClients > 0;
  const lastMs = activity.consumedUntilMs ?? activity.lastConsumedAtMs;
  const now = kernel.clock.now();
  const delaySeconds = activity.delaySeconds ?? Math.max(0, Math.floor((now - (lastMs ?? now)) / 1000));
  return {
    ConsumerGroupName: group.name,
    ConsumerGroupUserName: group.userName,
    ConsumptionCheckpoint: lastMs === undefined ? "" : utcText(lastMs),
    MessageDelay: isConnected ? delaySeconds : NO_CLIENT,
    UnconsumedData: isConnected ? activity.accumulatedMessages : NO_CLIENT,
  };
}
