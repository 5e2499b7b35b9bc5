import { listConsumerGroupSubscriptions as published } from "../../../contract/rocketmq/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf } from "../engine/find.ts";
import { subscriptionView } from "../views/activity.ts";

export const listConsumerGroupSubscriptions = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
  const activity = activityOf(ctx, group);
  const asked = (activity.topics ?? []).filter(
    ({ topic }) => input.topicName === undefined || topic === input.topicName,
  );
  return { data: asked.map((topic) => subscriptionView(ctx, group, activity, topic)) };
});
