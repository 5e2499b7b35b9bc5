/* GetConsumerGroupSubscription, version 2022-08-01: a list with one member for each connected client; empty without any. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, topicOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { connectionView, subscriptionDto } from "../views/activity.ts";

export const getConsumerGroupSubscription = defineAction({
  name: "GetConsumerGroupSubscription",
  kind: "read",
  summary: "Shows the subscription of a group to a topic, by client.",

  route: {
    method: "GET",
    path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}/subscriptions/{topicName}",
  },
  request: z.object({ ...groupParams, topicName: text() }),
  handler(ctx, input) {
    const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
    topicOf(ctx, input.instanceId, input.topicName);
    const activity = activityOf(ctx, group);
    const topic = activity.topics?.find((one) => one.topic === input.topicName);
    if (!topic) return { data: [] };
    return {
      data: activity.clients.map((client) => ({
        connectionDTO: connectionView(client),
        subscriptionDTO: subscriptionDto(ctx, group, topic),
      })),
    };
  },
});
