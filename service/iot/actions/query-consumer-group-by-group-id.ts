/* QueryConsumerGroupByGroupId, version 2018-01-20: one group by its id. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { groupParams } from "../params.ts";
import { groupFields } from "../views/group.ts";

export const queryConsumerGroupByGroupId = defineAction({
  name: "QueryConsumerGroupByGroupId",
  kind: "read",
  summary: "Describes one consumer group.",
  request: z.object(groupParams),
  handler(ctx, input) {
    return { Data: groupFields(groupOf(ctx, input, input.GroupId)) };
  },
});
