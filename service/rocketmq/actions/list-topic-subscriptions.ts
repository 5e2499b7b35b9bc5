import { listTopicSubscriptions as published } from "../../../contract/rocketmq/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { topicOf } from "../engine/find.ts";
import { rocketmqStore } from "../store.ts";
import { subscriptionDto } from "../views/activity.ts";

export const listTopicSubscriptions = defineAction(published, (ctx, input) => {
  const { name } = topicOf(ctx, input.instanceId, input.topicName);
  const groups = rocketmqStore(ctx.store).groups.list(input.instanceId);
  const data = groups.flatMap((group) => {
    const activity = activityOf(ctx, group);
    const topic = activity.topics?.find((one) => one.topic === name);
    if (!topic) return [];
    return [{ ...subscriptionDto(group, activity, topic), consistency: String(topic.consistent) }];
  });
  return { data };
});
