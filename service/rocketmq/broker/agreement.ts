import { isOldSdk, TOPICS_RECOMMENDED_MAX } from "../../../contract/limits/rocketmq.ts";
import { withRule } from "../../../contract/validation/refusal.ts";
import type { MessagingClient } from "../../rocketmq-grpc/backend.ts";
import type { GroupSpec } from "./spec.ts";

const NAMED_MAX = 5;

/** What the clients of a group should not do, in words; each sentence ends in the rule's id. */
export function notesOf(group: GroupSpec, clients: readonly MessagingClient[]): string[] {
  const topics = new Set(clients.flatMap(({ subscriptions }) => subscriptions.map(({ topic }) => topic)));
  const tooMany =
    topics.size > TOPICS_RECOMMENDED_MAX
      ? [
          withRule(
            `${group.name} subscribes to ${topics.size} topics; up to ${TOPICS_RECOMMENDED_MAX} are recommended`,
            "RMQ-8",
          ),
        ]
      : [];
  const old = clients.filter(isOldSdk);
  const oldSdks =
    old.length > 0
      ? [
          withRule(
            `${named(old)} use an old SDK, which keeps its own order and retries: take a newer one`,
            "RMQ-10",
          ),
        ]
      : [];
  return [...disagreements(group, clients), ...tooMany, ...oldSdks];
}

/** What each client subscribes with, by topic. */
export function filtersOf(clients: readonly MessagingClient[]): readonly ReadonlyMap<string, string>[] {
  return clients.map(
    ({ subscriptions }) =>
      new Map(subscriptions.map(({ topic, type, expression }) => [topic, `${type} ${expression}`])),
  );
}

/** True when all clients that subscribe to the topic do so alike, and no client leaves it out. */
export function agreesOn(topic: string, filters: ReturnType<typeof filtersOf>): boolean {
  const [first] = filters;
  return filters.every((one) => one.get(topic) === first?.get(topic));
}

/** Those who differ from the ones that most clients are like; the clients that came first where there is no such majority. */
function disagreements(group: GroupSpec, clients: readonly MessagingClient[]): string[] {
  const [first] = bySubscription(clients);
  if (!first) return [];
  const alike = new Set(first);
  const others = clients.filter((client) => !alike.has(client));
  const kinds = new Set(clients.map(({ kind }) => kind));
  return [
    ...(others.length === 0
      ? []
      : [withRule(`${named(others)} of ${group.name} subscribe differently from ${named(first)}`, "RMQ-7")]),
    ...(kinds.size <= 1
      ? []
      : [
          withRule(
            `${group.name} has push and simple consumers side by side, which retry differently`,
            "RMQ-7",
          ),
        ]),
  ];
}

function bySubscription(clients: readonly MessagingClient[]): MessagingClient[][] {
  const alike = new Map<string, MessagingClient[]>();
  for (const client of clients) {
    const key = keyOf(client);
    const those = alike.get(key) ?? [];
    alike.set(key, those);
    those.push(client);
  }
  return [...alike.values()].sort((one, other) => other.length - one.length);
}

/** Of each report of a client, made once: figures are asked for again and again. */
const keys = new WeakMap<MessagingClient["subscriptions"], string>();

/** The same for clients that subscribe alike. */
function keyOf({ subscriptions }: MessagingClient): string {
  const known = keys.get(subscriptions);
  if (known !== undefined) return known;
  const texts = subscriptions.map(({ topic, type, expression }) => `${topic} ${type} ${expression}`);
  const key = texts.sort().join("\n");
  keys.set(subscriptions, key);
  return key;
}

function named(clients: readonly MessagingClient[]): string {
  const shown = clients.slice(0, NAMED_MAX).map(({ clientId }) => clientId);
  return clients.length > NAMED_MAX
    ? `${shown.join(", ")} and ${clients.length - NAMED_MAX} more`
    : shown.join(", ");
}
