import { updateConsumerGroup as published } from "../../../contract/rocketmq/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeGroup } from "../engine/groups.ts";

export const updateConsumerGroup = defineAction(published, (ctx, input) => {
  changeGroup(ctx, input.instanceId, input.consumerGroupId, {
    order: input.deliveryOrderType,
    retry: input.consumeRetryPolicy,
    remark: input.remark ?? undefined,
    maxReceiveTps: input.maxReceiveTps,
  });
  return { data: true };
});
