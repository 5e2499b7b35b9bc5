import { getConsumerGroupSubscription as published } from "../../../contract/rocketmq/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, topicOf } from "../engine/find.ts";
import { connectionView, subscriptionDto } from "../views/activity.ts";

export const getConsumerGroupSubscription = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
  topicOf(ctx, input.instanceId, input.topicName);
  const activity = activityOf(ctx, group);
  const topic = activity.topics?.find((one) => one.topic === input.topicName);
  if (!topic) return { data: [] };
  const data = activity.clients.flatMap((client) => {
    // Of a client that does not say so itself, the group's.
    const own = client.subscriptions ? client.subscriptions.find((one) => one.topic === topic.topic) : topic;
    if (!own) return [];
    const subscriptionDTO = subscriptionDto(group, activity, own);
    return [{ connectionDTO: connectionView(client), subscriptionDTO }];
  });
  return { data };
});
