import { deleteConsumerGroup as published } from "../../../contract/rocketmq/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";

export const deleteConsumerGroup = defineAction(published, (ctx, input) => {
  deleteGroup(ctx, input.instanceId, input.consumerGroupId);
  return { data: true };
});
