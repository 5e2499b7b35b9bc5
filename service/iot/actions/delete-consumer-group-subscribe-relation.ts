import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { deleteConsumerGroupSubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { productOf } from "../engine/products.ts";
import { subscriptionOf } from "../engine/subscriptions.ts";
import { iotStore } from "../store.ts";

export const deleteConsumerGroupSubscribeRelation = defineAction(published, (ctx, input) => {
  const { ProductKey: productKey, ConsumerGroupId: groupId } = input;
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, productKey);
    const present = subscriptionOf(ctx, product, "AMQP");
    groupOf(ctx, input, groupId, "ConsumerGroupId");
    if (!present.groupIds.includes(groupId)) {
      throw serviceError(IOT_ERRORS.SubscriptionNotExisted, {
        parameter: "ConsumerGroupId",
        detail: `${groupId} is not in the subscription of ${product.name} (${productKey}).`,
      });
    }
    if (present.groupIds.length === 1) {
      throw serviceError(IOT_ERRORS.OnlyOneGroup, {
        parameter: "ConsumerGroupId",
        detail: `Change the groups of ${product.name} (${productKey}) with UpdateSubscribeRelation, or delete the subscription with DeleteSubscribeRelation.`,
        rule: "IOT-6",
      });
    }
    const groupIds = present.groupIds.filter((id) => id !== groupId);
    iotStore(ctx.store).putSubscription({ ...present, groupIds });
  });
  return {};
});
