import { deleteSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { subscriptionOf } from "../engine/subscriptions.ts";
import { iotStore } from "../store.ts";

export const deleteSubscribeRelation = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const { productKey, type } = subscriptionOf(ctx, productOf(ctx, input, input.ProductKey), input.Type);
    iotStore(ctx.store).deleteSubscription(productKey, type);
  });
  return {};
});
