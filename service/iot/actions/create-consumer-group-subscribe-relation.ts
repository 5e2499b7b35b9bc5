/*
 * CreateConsumerGroupSubscribeRelation, version 2018-01-20: adds a group to the AMQP subscription of a
 * product.
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { addGroup } from "../engine/subscriptions.ts";
import { relationParams } from "../params.ts";

export const createConsumerGroupSubscribeRelation = defineAction({
  name: "CreateConsumerGroupSubscribeRelation",
  kind: "write",
  summary: "Adds a group to a subscription.",
  request: z.object(relationParams),
  handler(ctx, input) {
    addGroup(ctx, input, input.ProductKey, input.ConsumerGroupId);
    return {};
  },
});
