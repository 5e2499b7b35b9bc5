import { listConsumerConnections as published } from "../../../contract/rocketmq/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { connectionView } from "../views/activity.ts";

export const listConsumerConnections = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
  return {
    data: {
      instanceId: group.instanceId,
      regionId: instanceOf(ctx, group.instanceId).region,
      consumerGroupId: group.groupId,
      connections: activityOf(ctx, group).clients.map(connectionView),
    },
  };
});
