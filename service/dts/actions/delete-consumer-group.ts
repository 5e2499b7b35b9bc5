import { deleteConsumerGroup as published } from "../../../contract/dts/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";
import { subscriptionOf } from "../job-of.ts";

export const deleteConsumerGroup = defineAction(published, (ctx, input) => {
  deleteGroup(ctx, subscriptionOf(ctx, input), input.ConsumerGroupID);
  return {};
});
