import type { QueueGroup } from "../core/kit/ports.ts";
import type { Group } from "./entities.ts";

/** The interval of a group whose fixed policy names none, in seconds. */
const FIXED_INTERVAL_SECONDS_DEFAULT = 10;

/** How the messages of a group are delivered, as its policy says. */
export function queueGroup({ instanceId, groupId, order, retry }: Group): QueueGroup {
  const fixed = retry.retryPolicy === "FixedRetryPolicy";
  return {
    instanceId,
    groupId,
    order,
    maxRetries: retry.maxRetryTimes,
    ...(fixed
      ? { fixedIntervalSeconds: retry.fixedIntervalRetryTime ?? FIXED_INTERVAL_SECONDS_DEFAULT }
      : {}),
    ...(retry.deadLetterTargetTopic === undefined ? {} : { deadLetterTopic: retry.deadLetterTargetTopic }),
  };
}
