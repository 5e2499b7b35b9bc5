import type { MessagingClient } from "../../rocketmq-grpc/backend.ts";
import { agreesOn, filtersOf, notesOf } from "./agreement.ts";
import type { Burials } from "./burials.ts";
import type { Subscription } from "./delivery/subscription.ts";
import type { GroupFigures, InstanceFigures, SubscriptionFigures } from "./figures.ts";
import type { GroupSpec, InstanceSpec, TopicSpec } from "./spec.ts";
import type { TopicLog } from "./topic-log.ts";

interface Seen {
  readonly nowMs: number;
  readonly spec: InstanceSpec;
  readonly clients: readonly MessagingClient[];
  readonly subscriptions: readonly (Subscription & { readonly of: { group: GroupSpec; topic: TopicSpec } })[];
  readonly buried: Burials;
  readonly throttled: ReadonlyMap<string, number>;
  readonly held: (topicId: string) => number;
  readonly open: (topic: TopicSpec) => Promise<TopicLog>;
}

export async function instanceFigures(seen: Seen): Promise<InstanceFigures> {
  const { spec, clients, open, held } = seen;
  const topics = spec.topics.map(async (topic) => {
    const { appended, startOffset, endOffset } = await open(topic);
    return { topic: topic.name, sent: appended, held: held(topic.id), startOffset, endOffset };
  });
  return {
    instanceId: spec.instanceId,
    topics: await Promise.all(topics),
    groups: await Promise.all(spec.groups.map((group) => groupFigures(seen, group))),
    producers: clients.filter(({ kind }) => kind === "PRODUCER").length,
  };
}

async function groupFigures(seen: Seen, group: GroupSpec): Promise<GroupFigures> {
  const clients = seen.clients.filter((client) => client.group === group.name);
  const filters = filtersOf(clients);
  const own = seen.subscriptions.filter((one) => one.of.group.id === group.id);
  const stuck = own.flatMap(({ deadLetters, topic }) =>
    deadLetters.failure === undefined ? [] : [`${topic.name}: ${deadLetters.failure}`],
  );
  return {
    group: group.name,
    clients,
    topics: await Promise.all(own.map((one) => subscriptionFigures(seen, group, { clients, filters }, one))),
    notes: [...notesOf(group, clients), ...stuck],
    throttled: seen.throttled.get(group.name) ?? 0,
  };
}

async function subscriptionFigures(
  { nowMs, buried }: Seen,
  group: GroupSpec,
  { clients, filters }: { clients: readonly MessagingClient[]; filters: ReturnType<typeof filtersOf> },
  subscription: Subscription,
): Promise<SubscriptionFigures> {
  const topic = subscription.topic.name;
  const oldest = await subscription.oldestReadyMs().catch(() => undefined);
  const { lastReceivedAtMs, received } = subscription;
  const first = clients[filters.findIndex((one) => one.has(topic))];
  const present = first?.subscriptions.findLast((one) => one.topic === topic);
  const filter = present ?? subscription.lastFilter;
  return {
    topic,
    ready: subscription.ready(),
    inflight: subscription.inflight(),
    ...(oldest === undefined ? {} : { oldestReadyAtMs: oldest }),
    received: received.total,
    receivedLastMinute: received.lastMinute(nowMs),
    ...(lastReceivedAtMs === undefined ? {} : { lastReceivedAtMs }),
    ...buried.counts(group.name, topic),
    filter: filter.expression,
    filterType: filter.type,
    isConsistent: agreesOn(topic, filters),
  };
}
