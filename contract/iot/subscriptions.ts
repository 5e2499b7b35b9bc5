import { z } from "zod";
import { iotAction, METADATA, outcome } from "./actions-of.ts";
import { perMessageType, relationParams, subscriptionParams, subscriptionRequest } from "./params.ts";

/** Server-side subscriptions: a product has at most one to consumer groups (AMQP) and one to a queue (MNS). */

const published = {
  source: METADATA,
  coverage: "whole",
  testedBy: ["test/service/iot/clients.test.ts", "test/service/iot/further.test.ts"],
} as const;

/** The published text asks for MnsConfiguration with AMQP; it is needed with MNS, and AMQP needs groups. */
export const createSubscribeRelation = iotAction({
  ...published,
  name: "CreateSubscribeRelation",
  kind: "write",
  summary: "Makes a server-side subscription of a product.",
  request: subscriptionRequest,
  answer: outcome,
});

/** Message types that are not sent are off afterwards; groups and JSON that are not sent stay. */
export const updateSubscribeRelation = iotAction({
  ...published,
  name: "UpdateSubscribeRelation",
  kind: "write",
  summary: "Changes message types and groups of a subscription.",
  request: subscriptionRequest,
  answer: outcome,
});

/** With its last group, too. */
export const deleteSubscribeRelation = iotAction({
  ...published,
  name: "DeleteSubscribeRelation",
  kind: "write",
  summary: "Deletes a subscription.",
  request: () => z.object(subscriptionParams()),
  answer: outcome,
});

export const querySubscribeRelation = iotAction({
  ...published,
  name: "QuerySubscribeRelation",
  kind: "read",
  summary: "Shows a subscription.",
  request: () => z.object(subscriptionParams()),
  answer: {
    ...outcome,
    ...perMessageType(() => "boolean" as const),
    ConsumerGroupIds: ["string"],
    MnsConfiguration: "string",
    ProductKey: "string",
    SubscribeFlags: "string",
    Type: "string",
  },
});

export const createConsumerGroupSubscribeRelation = iotAction({
  ...published,
  name: "CreateConsumerGroupSubscribeRelation",
  kind: "write",
  summary: "Adds a group to a subscription.",
  request: () => z.object(relationParams()),
  answer: outcome,
});

/** The last group stays (IOT-6). */
export const deleteConsumerGroupSubscribeRelation = iotAction({
  ...published,
  name: "DeleteConsumerGroupSubscribeRelation",
  kind: "write",
  summary: "Takes a group off a subscription that has another.",
  request: () => z.object(relationParams()),
  answer: outcome,
});
