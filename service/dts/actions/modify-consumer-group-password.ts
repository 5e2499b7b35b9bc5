import { modifyConsumerGroupPassword as published } from "../../../contract/dts/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { invalidParameter } from "../engine/failures.ts";
import { changeGroup, groupOf } from "../engine/groups.ts";
import { subscriptionOf } from "../job-of.ts";

export const modifyConsumerGroupPassword = defineAction(published, (ctx, input) => {
  const job = subscriptionOf(ctx, input);
  const group = groupOf(ctx, job, input.ConsumerGroupID);
  if (!ctx.vault.matches(input.ConsumerGroupPassword, group.passwordHash)) {
    throw invalidParameter("ConsumerGroupPassword", "It is not the group's present password.");
  }
  changeGroup(ctx, job, group.groupId, { password: input.consumerGroupNewPassword });
  return {};
});
