import { createConsumerGroup as published } from "../../../contract/dts/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { subscriptionOf } from "../job-of.ts";

export const createConsumerGroup = defineAction(published, (ctx, input) => {
  const group = createGroup(ctx, subscriptionOf(ctx, input).jobId, {
    name: input.ConsumerGroupName,
    userName: input.ConsumerGroupUserName,
    password: input.ConsumerGroupPassword,
  });
  return { ConsumerGroupID: group.groupId };
});
