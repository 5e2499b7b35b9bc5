import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { createConsumerGroupSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { groupBeside, subscriptionOf } from "../engine/subscriptions.ts";
import { iotStore } from "../store.ts";

export const createConsumerGroupSubscribeRelation = defineAction(published, (ctx, input) => {
  const { ProductKey: productKey, ConsumerGroupId: groupId } = input;
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, productKey);
    const present = subscriptionOf(ctx, product, "AMQP");
    groupBeside(ctx, input, product, groupId, "ConsumerGroupId");
    if (present.groupIds.includes(groupId)) {
      throw serviceError(IOT_ERRORS.SubscriptionExists, {
        parameter: "ConsumerGroupId",
        detail: `${groupId} is in the subscription of ${product.name} (${productKey}) already.`,
      });
    }
    iotStore(ctx.store).putSubscription({ ...present, groupIds: [...present.groupIds, groupId] });
  });
  return {};
});
