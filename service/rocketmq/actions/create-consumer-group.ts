import { createConsumerGroup as published } from "../../../contract/rocketmq/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";

export const createConsumerGroup = defineAction(published, (ctx, input) => {
  createGroup(ctx, input.instanceId, input.consumerGroupId, {
    order: input.deliveryOrderType,
    retry: input.consumeRetryPolicy,
    remark: input.remark ?? "",
    maxReceiveTps: input.maxReceiveTps,
    messageModel: input.messageModel,
    topicName: input.topicName,
    exclusive: input.exclusive,
  });
  return { data: true };
});
