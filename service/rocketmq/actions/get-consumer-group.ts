/* GetConsumerGroup, version 2022-08-01: shows a consumer group. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { groupDetail } from "../views/member.ts";

export const getConsumerGroup = defineAction({
  name: "GetConsumerGroup",
  kind: "read",
  summary: "Shows a consumer group.",

  route: { method: "GET", path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}" },
  request: z.object(groupParams),
  handler(ctx, input) {
    return { data: groupDetail(ctx, groupOf(ctx, input.instanceId, input.consumerGroupId)) };
  },
});
