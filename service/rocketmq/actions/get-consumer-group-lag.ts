/* GetConsumerGroupLag, version 2022-08-01: shows how far a group is behind, in all and by topic. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { topicLag, totalLag } from "../views/activity.ts";

export const getConsumerGroupLag = defineAction({
  name: "GetConsumerGroupLag",
  kind: "read",
  summary: "Shows how far a group is behind, in all and by topic.",
  partial: "no liteTopicLagMap",
  route: { method: "GET", path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}/lag" },
  request: z.object({ ...groupParams, topicName: optional(text()), liteTopicName: optional(text()) }),
  handler(ctx, input) {
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
  },
});
