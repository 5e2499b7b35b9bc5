import { deleteConsumerGroup as published } from "../../../contract/rocketmq/consumer-groups.ts";
import { serveAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";

export const deleteConsumerGroup = serveAction(published, (ctx, input) => {
  deleteGroup(ctx, input.instanceId, input.consumerGroupId);
  return { data: true };
});
