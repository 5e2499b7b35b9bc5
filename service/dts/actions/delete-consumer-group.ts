/* DeleteConsumerGroup, version 2020-01-01, older family: deletes a group of an instance. */
import { z } from "zod";
import { subscriptionParams } from "../../../contract/dts/params.ts";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";
import { subscriptionOf } from "../job-of.ts";

export const deleteConsumerGroup = defineAction({
  name: "DeleteConsumerGroup",
  kind: "write",
  summary: "Older family: deletes a consumer group.",
  request: z.object({ ...subscriptionParams, ConsumerGroupID: text() }),
  handler(ctx, input) {
    deleteGroup(ctx, subscriptionOf(ctx, input), input.ConsumerGroupID);
    return {};
  },
});
