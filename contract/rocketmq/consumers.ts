import { z } from "zod";
import { optional, text } from "../params.ts";
import { outcome, rocketmqAction } from "./actions-of.ts";
import { groupParams, topicParams } from "./params.ts";

/** What the clients of a consumer group do, and how far they are. */

const GROUP = "/instances/{instanceId}/consumerGroups/{consumerGroupId}";

const connection = {
  clientId: "string",
  egressIp: "string",
  hostname: "string",
  language: "string",
  messageModel: "string",
  version: "string",
} as const;

const subscription = {
  consumerGroupId: "string",
  filterExpression: "string",
  filterExpressionType: "string",
  messageModel: "string",
  subscriptionStatus: "string",
  topicName: "string",
} as const;

const lag = {
  deliveryDuration: "integer",
  inflightCount: "integer",
  lastConsumeTimestamp: "integer",
  readyCount: "integer",
} as const;

export const listConsumerGroupSubscriptions = rocketmqAction({
  name: "ListConsumerGroupSubscriptions",
  kind: "read",
  summary: "Lists the topics that the clients of a group subscribe to.",
  coverage: "whole",
  route: { method: "GET", path: `${GROUP}/subscriptions` },
  request: () => z.object({ ...groupParams(), topicName: optional(text()) }),
  answer: { ...outcome, data: [{ ...subscription, consistency: "boolean", topicCreated: "boolean" }] },
});

/** One member for each connected client; empty without any. */
export const getConsumerGroupSubscription = rocketmqAction({
  name: "GetConsumerGroupSubscription",
  kind: "read",
  summary: "Shows the subscription of a group to a topic, by client.",
  coverage: "whole",
  route: { method: "GET", path: `${GROUP}/subscriptions/{topicName}` },
  request: () => z.object({ ...groupParams(), topicName: text() }),
  answer: { ...outcome, data: [{ connectionDTO: connection, subscriptionDTO: subscription }] },
});

export const listTopicSubscriptions = rocketmqAction({
  name: "ListTopicSubscriptions",
  kind: "read",
  summary: "Lists the groups whose clients subscribe to a topic.",
  coverage: "whole",
  route: { method: "GET", path: "/instances/{instanceId}/topics/{topicName}/subscriptions" },
  request: () => z.object(topicParams()),
  answer: { ...outcome, data: [{ ...subscription, consistency: "string" }] },
});

export const getConsumerGroupLag = rocketmqAction({
  name: "GetConsumerGroupLag",
  kind: "read",
  summary: "Shows how far a group is behind, in all and by topic.",
  coverage: { missing: "no liteTopicLagMap" },
  route: { method: "GET", path: `${GROUP}/lag` },
  request: () => z.object({ ...groupParams(), topicName: optional(text()), liteTopicName: optional(text()) }),
  answer: {
    ...outcome,
    data: {
      consumerGroupId: "string",
      instanceId: "string",
      liteTopicLagMap: { "*": { deliveryDuration: "integer", readyCount: "integer" } },
      regionId: "string",
      topicLagMap: { "*": lag },
      topicName: "string",
      totalLag: lag,
    },
  },
});

export const listConsumerConnections = rocketmqAction({
  name: "ListConsumerConnections",
  kind: "read",
  summary: "Lists the connected clients of a group.",
  coverage: "whole",
  route: { method: "GET", path: `${GROUP}/connections` },
  request: () => z.object({ ...groupParams(), topicName: optional(text()), liteTopicName: optional(text()) }),
  answer: {
    ...outcome,
    data: {
      connections: [connection],
      consumerGroupId: "string",
      instanceId: "string",
      regionId: "string",
    },
  },
});

/** Without a client and without messages there is nothing to move, and the call succeeds. */
export const resetConsumeOffset = rocketmqAction({
  name: "ResetConsumeOffset",
  kind: "write",
  summary: "Moves what a group has read of a topic to a time or to the end.",
  coverage: "whole",
  route: { method: "PATCH", path: `${GROUP}/consumeOffsets/{topicName}` },
  request: () =>
    z.object({
      ...groupParams(),
      topicName: text(),
      resetType: text(
        z.enum(["LATEST_OFFSET", "SPECIFIED_TIME"], { error: "must be LATEST_OFFSET or SPECIFIED_TIME" }),
      ),
      resetTime: optional(text()),
    }),
  answer: outcome,
});
