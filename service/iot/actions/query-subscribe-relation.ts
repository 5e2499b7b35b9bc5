import { perMessageType } from "../../../contract/iot/params.ts";
import { querySubscribeRelation as published } from "../../../contract/iot/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { subscriptionOf } from "../engine/subscriptions.ts";

export const querySubscribeRelation = defineAction(published, (ctx, input) => {
  const found = subscriptionOf(ctx, productOf(ctx, input, input.ProductKey), input.Type);
  return {
    ...perMessageType((flag) => found.flags.includes(flag)),
    ProductKey: found.productKey,
    Type: found.type,
    ...(found.type === "AMQP" ? { ConsumerGroupIds: found.groupIds } : {}),
    ...(found.mnsConfiguration === undefined ? {} : { MnsConfiguration: found.mnsConfiguration }),
    ...(found.subscribeFlags === undefined ? {} : { SubscribeFlags: found.subscribeFlags }),
  };
});
