import { getConsumerGroupLag as published } from "../../../contract/rocketmq/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { topicLag, totalLag } from "../views/activity.ts";

export const getConsumerGroupLag = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
  const activity = activityOf(ctx, group);
  const topics = (activity.topics ?? []).filter(
    ({ topic }) => input.topicName === undefined || topic === input.topicName,
  );
  return {
    data: {
      instanceId: group.instanceId,
      regionId: instanceOf(ctx, group.instanceId).region,
      consumerGroupId: group.groupId,
      topicName: input.topicName,
      totalLag: totalLag(
        input.topicName === undefined ? activity : { ...activity, accumulatedMessages: 0 },
        topics,
      ),
      topicLagMap: Object.fromEntries(topics.map((topic) => [topic.topic, topicLag(topic)])),
    },
  };
});
