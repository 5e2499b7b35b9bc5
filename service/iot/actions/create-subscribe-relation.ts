import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { createSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { subscriptionFrom } from "../engine/subscriptions.ts";
import { iotStore } from "../store.ts";

export const createSubscribeRelation = defineAction(published, (ctx, input) => {
  const { ProductKey: productKey, Type: type } = input;
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, productKey);
    const store = iotStore(ctx.store);
    if (store.subscription(productKey, type)) {
      throw serviceError(IOT_ERRORS.SubscriptionExists, {
        detail: `${product.name} (${productKey}) has one of type ${type}; change it with UpdateSubscribeRelation.`,
      });
    }
    store.putSubscription(subscriptionFrom(ctx, product, input, undefined));
  });
  return {};
});
