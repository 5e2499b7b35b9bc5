/*
 * CreateSubscribeRelation, version 2018-01-20: subscribes consumer groups (AMQP) or a queue (MNS) to the
 * messages of a product; one of each type. The published text asks for MnsConfiguration with AMQP; it is
 * needed with MNS, and AMQP needs groups.
 */
import { defineAction } from "../../core/kit/action.ts";
import { createSubscription } from "../engine/subscriptions.ts";
import { subscriptionRequest, subscriptionWish } from "../subscription-params.ts";

export const createSubscribeRelation = defineAction({
  name: "CreateSubscribeRelation",
  kind: "write",
  summary: "Makes a server-side subscription of a product.",
  request: subscriptionRequest,
  handler(ctx, input) {
    createSubscription(ctx, input, input.ProductKey, subscriptionWish(input));
    return {};
  },
});
