/* DeleteConsumerGroup, version 2022-08-01: deletes a consumer group, whoever uses it. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";
import { groupParams } from "../params.ts";

export const deleteConsumerGroup = defineAction({
  name: "DeleteConsumerGroup",
  kind: "write",
  summary: "Deletes a consumer group, whoever uses it.",

  route: { method: "DELETE", path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}" },
  request: z.object(groupParams),
  handler(ctx, input) {
    deleteGroup(ctx, input.instanceId, input.consumerGroupId);
    return { data: true };
  },
});
