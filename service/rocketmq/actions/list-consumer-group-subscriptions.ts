/* ListConsumerGroupSubscriptions, version 2022-08-01: lists the topics that the clients of a group subscribe to. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { subscriptionView } from "../views/activity.ts";

export const listConsumerGroupSubscriptions = defineAction({
  name: "ListConsumerGroupSubscriptions",
  kind: "read",
  summary: "Lists the topics that the clients of a group subscribe to.",

  route: { method: "GET", path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}/subscriptions" },
  request: z.object({ ...groupParams, topicName: optional(text()) }),
  handler(ctx, input) {
    const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
    const topics = activityOf(ctx, group).topics ?? [];
    const asked = topics.filter(({ topic }) => input.topicName === undefined || topic === input.topicName);
    return { data: asked.map((topic) => subscriptionView(ctx, group, topic)) };
  },
});
