import { createConsumerChannel as published } from "../../../contract/dts/consumer-channels.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { jobOf } from "../job-of.ts";

/** A name or account that another group of the task has is refused. */
export const createConsumerChannel = defineAction(published, (ctx, input) => {
  const group = createGroup(ctx, jobOf(ctx, input).jobId, {
    name: input.ConsumerGroupName,
    userName: input.ConsumerGroupUserName,
    password: input.ConsumerGroupPassword,
  });
  return { ConsumerGroupID: group.groupId };
});
