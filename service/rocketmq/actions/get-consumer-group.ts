import { getConsumerGroup as published } from "../../../contract/rocketmq/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupDetail } from "../views/member.ts";

export const getConsumerGroup = defineAction(published, (ctx, input) => ({
  data: groupDetail(
    groupOf(ctx, input.instanceId, input.consumerGroupId),
    instanceOf(ctx, input.instanceId).region,
  ),
}));
