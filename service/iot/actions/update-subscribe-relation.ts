import { updateSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { subscriptionFrom, subscriptionOf } from "../engine/subscriptions.ts";
import { iotStore } from "../store.ts";

export const updateSubscribeRelation = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, input.ProductKey);
    const present = subscriptionOf(ctx, product, input.Type);
    iotStore(ctx.store).putSubscription(subscriptionFrom(ctx, product, input, present));
  });
  return {};
});
