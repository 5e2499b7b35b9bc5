/* DeleteSubscribeRelation, version 2018-01-20: deletes a subscription with its last group, too. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { deleteSubscription } from "../engine/subscriptions.ts";
import { productParams, subscriptionType } from "../params.ts";

export const deleteSubscribeRelation = defineAction({
  name: "DeleteSubscribeRelation",
  kind: "write",
  summary: "Deletes a subscription.",
  request: z.object({ ...productParams, Type: subscriptionType }),
  handler(ctx, input) {
    deleteSubscription(ctx, input, input.ProductKey, input.Type);
    return {};
  },
});
