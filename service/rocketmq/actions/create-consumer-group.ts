import { createConsumerGroup as published } from "../../../contract/rocketmq/consumer-groups.ts";
import { serveAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";

export const createConsumerGroup = serveAction(published, (ctx, input) => {
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
