/*
 * DeleteConsumerGroupSubscribeRelation, version 2018-01-20: takes a group off the AMQP subscription of a
 * product; the last one stays (IOT-6).
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { removeGroup } from "../engine/subscriptions.ts";
import { relationParams } from "../params.ts";

export const deleteConsumerGroupSubscribeRelation = defineAction({
  name: "DeleteConsumerGroupSubscribeRelation",
  kind: "write",
  summary: "Takes a group off a subscription that has another.",
  request: z.object(relationParams),
  handler(ctx, input) {
    removeGroup(ctx, input, input.ProductKey, input.ConsumerGroupId);
    return {};
  },
});
