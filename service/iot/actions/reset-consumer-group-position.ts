/* ResetConsumerGroupPosition, version 2018-01-20: clears the accumulated messages of a group (IOT-7). */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { clearBacklog } from "../engine/status.ts";
import { groupParams } from "../params.ts";

export const resetConsumerGroupPosition = defineAction({
  name: "ResetConsumerGroupPosition",
  kind: "write",
  summary: "Clears the messages that wait for a group.",
  request: z.object(groupParams),
  handler(ctx, input) {
    clearBacklog(ctx, groupOf(ctx, input, input.GroupId));
    return {};
  },
});
