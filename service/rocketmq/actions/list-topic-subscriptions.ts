/* ListTopicSubscriptions, version 2022-08-01: lists the groups whose clients subscribe to a topic. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { topicOf } from "../engine/find.ts";
import { topicParams } from "../params.ts";
import { rocketmqStore } from "../store.ts";
import { subscriptionDto } from "../views/activity.ts";

export const listTopicSubscriptions = defineAction({
  name: "ListTopicSubscriptions",
  kind: "read",
  summary: "Lists the groups whose clients subscribe to a topic.",

  route: { method: "GET", path: "/instances/{instanceId}/topics/{topicName}/subscriptions" },
  request: z.object(topicParams),
  handler(ctx, input) {
    const { name } = topicOf(ctx, input.instanceId, input.topicName);
    const groups = rocketmqStore(ctx.store).groups.list(input.instanceId);
    const data = groups.flatMap((group) => {
      const topic = activityOf(ctx, group).topics?.find((one) => one.topic === name);
      return topic ? [{ ...subscriptionDto(ctx, group, topic), consistency: String(topic.consistent) }] : [];
    });
    return { data };
  },
});
