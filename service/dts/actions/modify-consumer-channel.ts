import { modifyConsumerChannel as published } from "../../../contract/dts/consumer-channels.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeGroup } from "../engine/groups.ts";
import { jobOf } from "../job-of.ts";

export const modifyConsumerChannel = defineAction(published, (ctx, input) => {
  changeGroup(ctx, jobOf(ctx, input), input.ConsumerGroupId, {
    name: input.ConsumerGroupName,
    userName: input.ConsumerGroupUserName,
    password: input.ConsumerGroupPassword,
  });
  return {};
});
