/*
 * UpdateSubscribeRelation, version 2018-01-20: sets the message types of a subscription, those that are not
 * sent to off, and its groups if sent.
 */
import { defineAction } from "../../core/kit/action.ts";
import { updateSubscription } from "../engine/subscriptions.ts";
import { subscriptionRequest, subscriptionWish } from "../subscription-params.ts";

export const updateSubscribeRelation = defineAction({
  name: "UpdateSubscribeRelation",
  kind: "write",
  summary: "Changes message types and groups of a subscription.",
  request: subscriptionRequest,
  handler(ctx, input) {
    updateSubscription(ctx, input, input.ProductKey, subscriptionWish(input));
    return {};
  },
});
