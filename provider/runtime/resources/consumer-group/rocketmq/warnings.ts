import { namesListed } from "../../../../../contract/limits/message.ts";
import { isOldSdk, TOPICS_RECOMMENDED_MAX } from "../../../../../contract/limits/rocketmq.ts";
import { withRule } from "../../../../../contract/validation/refusal.ts";
import type { Activity, GroupClient } from "./series.ts";

/** What clients of a group do that they should not, in words; each ends in the rule's id. The same for the same clients. */
export function warningsOf(name: string, { clients, topics, differing }: Activity): string[] {
  const group = `the consumer group "${name}"`;
  const old = clients.filter(isOldSdk);
  return [
    ...differing.map(({ topic, clients: some }) =>
      withRule(
        `of ${group}, ${named(some)} ${some.length === 1 ? "does" : "do"} not subscribe to ${topic} as the others do; ` +
          "give all consumers of a group the same topics and filters",
        "RMQ-7",
      ),
    ),
    ...(topics.length > TOPICS_RECOMMENDED_MAX
      ? [
          withRule(
            `${group} subscribes to ${topics.length} topics, and at most ${TOPICS_RECOMMENDED_MAX} are ` +
              "recommended: a slow one holds up the others. Split it into several groups",
            "RMQ-8",
          ),
        ]
      : []),
    ...(old.length > 0
      ? [
          withRule(
            `of ${group}, ${named(old)} ${old.length === 1 ? "uses" : "use"} an old SDK, which keeps its own order and ` +
              "retries whatever is declared; take a newer one",
            "RMQ-10",
          ),
        ]
      : []),
  ];
}

const named = (clients: readonly GroupClient[]) =>
  namesListed(
    clients.map(({ name }) => name),
    "and",
  );
