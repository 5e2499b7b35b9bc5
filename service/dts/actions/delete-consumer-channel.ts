import { deleteConsumerChannel as published } from "../../../contract/dts/consumer-channels.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";
import { jobOf } from "../job-of.ts";

export const deleteConsumerChannel = defineAction(published, (ctx, input) => {
  deleteGroup(ctx, jobOf(ctx, input), input.ConsumerGroupId);
  return {};
});
