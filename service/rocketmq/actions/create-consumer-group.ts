/* CreateConsumerGroup, version 2022-08-01: makes a group; its name is in the path. Holds RMQ-1 to RMQ-5. */
import { z } from "zod";
import { flag, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { newGroupParams, orderParam, retryParam, tpsParam } from "../params.ts";

export const createConsumerGroup = defineAction({
  name: "CreateConsumerGroup",
  kind: "write",
  summary: "Makes a consumer group of an instance.",

  route: { method: "POST", path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}" },
  request: z.object({
    ...newGroupParams,
    deliveryOrderType: orderParam,
    consumeRetryPolicy: retryParam,
    remark: optional(text()),
    maxReceiveTps: tpsParam,
    messageModel: optional(text()),
    topicName: optional(text()),
    exclusive: optional(flag()),
  }),
  handler(ctx, input) {
    createGroup(ctx, input.instanceId, input.consumerGroupId, {
      order: input.deliveryOrderType,
      retry: input.consumeRetryPolicy,
      remark: input.remark ?? "",
      maxReceiveTps: input.maxReceiveTps,
      messageModel: input.messageModel,
      topicName: input.topicName,
      exclusive: input.exclusive,
    });
    return { data: true };
  },
});
