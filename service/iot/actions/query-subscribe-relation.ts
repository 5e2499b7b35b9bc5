/* QuerySubscribeRelation, version 2018-01-20: message types and groups of a subscription, or its queue. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { subscriptionOf } from "../engine/subscriptions.ts";
import { messageFlags, productParams, subscriptionType } from "../params.ts";

export const querySubscribeRelation = defineAction({
  name: "QuerySubscribeRelation",
  kind: "read",
  summary: "Shows a subscription.",
  request: z.object({ ...productParams, Type: subscriptionType }),
  handler(ctx, input) {
    const product = productOf(ctx, input, input.ProductKey);
    const found = subscriptionOf(ctx, product, input.Type);
    const flags = Object.fromEntries(messageFlags.map((name) => [name, found.flags.includes(name)]));
    return {
      ...flags,
      ProductKey: found.productKey,
      Type: found.type,
      ...(found.type === "AMQP" ? { ConsumerGroupIds: found.groupIds } : {}),
      ...(found.mnsConfiguration === undefined ? {} : { MnsConfiguration: found.mnsConfiguration }),
      ...(found.subscribeFlags === undefined ? {} : { SubscribeFlags: found.subscribeFlags }),
    };
  },
});
