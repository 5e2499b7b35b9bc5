/* UpdateConsumerGroup, version 2022-08-01: the retry policy is set as a whole, the rest is kept unless given. Holds RMQ-3 to RMQ-5. */
import { z } from "zod";
import { deliveryOrder } from "../../../contract/limits/rocketmq.ts";
import { optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeGroup } from "../engine/groups.ts";
import { groupParams, retryParam, tpsParam } from "../params.ts";

export const updateConsumerGroup = defineAction({
  name: "UpdateConsumerGroup",
  kind: "write",
  summary: "Changes delivery order, retry policy, remark and speed limit of a group.",

  route: { method: "PATCH", path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}" },
  request: z.object({
    ...groupParams,
    deliveryOrderType: optional(text(deliveryOrder)),
    consumeRetryPolicy: retryParam,
    remark: z.optional(z.nullable(textOrEmpty())),
    maxReceiveTps: tpsParam,
  }),
  handler(ctx, input) {
    changeGroup(ctx, input.instanceId, input.consumerGroupId, {
      order: input.deliveryOrderType,
      retry: input.consumeRetryPolicy,
      remark: input.remark ?? undefined,
      maxReceiveTps: input.maxReceiveTps,
    });
    return { data: true };
  },
});
