import type { Kernel } from "../../../core/kit/kernel.ts";
import type { GroupActivity, TopicActivity } from "../../../core/kit/ports.ts";
import type { GroupFigures, SubscriptionFigures } from "../../broker/figures.ts";
import { rocketmqStore } from "../../store.ts";
import type { MessagePlane } from "./plane.ts";

const MINUTE_MS = 60_000;

/** What a group does now; undefined where it is not this room's, or nothing is known of it. */
export function groupActivityOf(
  kernel: Kernel,
  plane: MessagePlane,
  kind: string,
  key: string,
): GroupActivity | undefined {
  if (kind !== "rocketmq" || !plane.isWanted) return undefined;
  const place = placeOf(key);
  if (!place || !rocketmqStore(kernel.store).groups.get(place.instanceId, place.groupId)) return undefined;
  const figures = plane.figures(place.instanceId)?.groups.find(({ group }) => group === place.groupId);
  return figures && activityOf(figures, kernel.clock.now());
}

/** Instance and group of `<instance>/<group>`. */
export function placeOf(key: string): { instanceId: string; groupId: string } | undefined {
  const at = key.indexOf("/");
  return at < 0 ? undefined : { instanceId: key.slice(0, at), groupId: key.slice(at + 1) };
}

function activityOf({ clients, topics }: GroupFigures, nowMs: number): GroupActivity {
  const lastMs = Math.max(...topics.map(({ lastReceivedAtMs = 0 }) => lastReceivedAtMs), 0);
  return {
    connectedClients: clients.length,
    accumulatedMessages: topics.reduce((sum, { ready, inflight }) => sum + ready + inflight, 0),
    consumedPerMinute: topics.reduce((sum, topic) => sum + perMinute(topic, nowMs), 0),
    ...(lastMs === 0 ? {} : { lastConsumedAtMs: lastMs }),
    delaySeconds: Math.max(0, ...topics.map((topic) => delayOf(topic, nowMs) / 1_000)),
    clients: clients.map(({ clientId, address, connectedAtMs, language, version, subscriptions }) => ({
      clientId,
      address,
      connectedAtMs,
      language,
      version,
      subscriptions: subscriptions.map(({ topic, type, expression }) => ({
        topic,
        filter: expression,
        filterType: type,
      })),
    })),
    topics: topics.map((topic) => topicActivity(topic, nowMs)),
  };
}

function topicActivity(topic: SubscriptionFigures, nowMs: number): TopicActivity {
  return {
    topic: topic.topic,
    accumulatedMessages: topic.ready,
    inflightMessages: topic.inflight,
    delaySeconds: delayOf(topic, nowMs) / 1_000,
    ...(topic.lastReceivedAtMs === undefined ? {} : { lastConsumedAtMs: topic.lastReceivedAtMs }),
    filter: topic.filter,
    filterType: topic.filterType,
    consistent: topic.isConsistent,
  };
}

/** Age of the oldest message that nobody has, in ms. */
export function delayOf({ oldestReadyAtMs }: SubscriptionFigures, nowMs: number): number {
  return oldestReadyAtMs === undefined ? 0 : Math.max(0, nowMs - oldestReadyAtMs);
}

/** What was told last is over when nothing came for a minute. */
function perMinute({ receivedLastMinute, lastReceivedAtMs = 0 }: SubscriptionFigures, nowMs: number): number {
  return nowMs - lastReceivedAtMs > MINUTE_MS ? 0 : receivedLastMinute;
}
