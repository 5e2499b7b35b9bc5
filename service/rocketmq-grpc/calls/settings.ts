import type { MessagingGroup } from "../backend.ts";
import { groupOf } from "../resources.ts";
import type { RetryPolicy, Settings } from "../wire/generated/messages.d.ts";
import { wireTime } from "../wire/times.ts";
import type { Draft } from "../wire/wire.ts";
import type { Room } from "./call.ts";

/** As published: how a producer sends again what has failed. */
const SEND_ATTEMPTS_MAX = 3;
const SEND_BACKOFF = { initial: wireTime(10), max: wireTime(1_000), multiplier: 2 };

/** The client's settings, with what the server decides. Throws CONSUMER_GROUP_NOT_FOUND. */
export function answeredSettings(settings: Settings, room: Room): Draft<Settings> {
  const { clientType, accessPoint, requestTimeout, userAgent, publishing, subscription } = settings;
  const common = { clientType, accessPoint, requestTimeout, userAgent, metric: { on: false } };
  if (publishing)
    return {
      ...common,
      backoffPolicy: { maxAttempts: SEND_ATTEMPTS_MAX, exponentialBackoff: SEND_BACKOFF },
      publishing: {
        topics: publishing.topics,
        maxBodySize: room.limits.bodyBytesMax,
        validateMessageType: true,
      },
    };
  const group = groupOf(subscription?.group ?? null, room);
  return {
    ...common,
    backoffPolicy: backoffOf(group),
    subscription: {
      group: subscription?.group,
      subscriptions: subscription?.subscriptions,
      fifo: group.isOrdered,
      receiveBatchSize: room.limits.receiveMessagesMax,
      longPollingTimeout: wireTime(room.limits.pollMsMax),
    },
  };
}

function backoffOf({ maxRetries, retryMs }: MessagingGroup): Draft<RetryPolicy> {
  return { maxAttempts: maxRetries + 1, customizedBackoff: { next: retryMs.map(wireTime) } };
}
