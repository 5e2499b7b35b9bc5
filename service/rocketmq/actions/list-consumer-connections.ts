/* ListConsumerConnections, version 2022-08-01: lists the connected clients of a group. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { connectionView } from "../views/activity.ts";

export const listConsumerConnections = defineAction({
  name: "ListConsumerConnections",
  kind: "read",
  summary: "Lists the connected clients of a group.",

  route: { method: "GET", path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}/connections" },
  request: z.object({ ...groupParams, topicName: optional(text()), liteTopicName: optional(text()) }),
  handler(ctx, input) {
    const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
    return {
      data: {
        instanceId: group.instanceId,
        regionId: instanceOf(ctx, group.instanceId).region,
        consumerGroupId: group.groupId,
        connections: activityOf(ctx, group).clients.map(connectionView),
      },
    };
  },
});
