/*
 * DeleteConsumerGroup, version 2018-01-20: deletes a group. Refused for the default group (IOT-4) and while
 * a product is subscribed with it (IOT-5).
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";
import { groupParams } from "../params.ts";

export const deleteConsumerGroup = defineAction({
  name: "DeleteConsumerGroup",
  kind: "write",
  summary: "Deletes a consumer group that nothing subscribes to.",
  request: z.object(groupParams),
  handler(ctx, input) {
    deleteGroup(ctx, input, input.GroupId);
    return {};
  },
});
