/* CreateConsumerGroup, version 2020-01-01, older family: CreateConsumerChannel by instance id. Holds DTS-1, DTS-3 to DTS-7 and DTS-11. */
import { z } from "zod";
import { groupParams, subscriptionParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { subscriptionOf } from "../job-of.ts";

export const createConsumerGroup = defineAction({
  name: "CreateConsumerGroup",
  kind: "write",
  summary: "Older family: adds a consumer group to an instance.",
  request: z.object({ ...subscriptionParams, ...groupParams }),
  handler(ctx, input) {
    const group = createGroup(ctx, subscriptionOf(ctx, input).jobId, {
      name: input.ConsumerGroupName,
      userName: input.ConsumerGroupUserName,
      password: input.ConsumerGroupPassword,
    });
    return { ConsumerGroupID: group.groupId };
  },
});
