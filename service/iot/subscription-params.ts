import { z } from "zod";
import { list, optional, text } from "../../contract/params.ts";
import type { SubscriptionWish } from "./engine/subscriptions.ts";
import { flagParams, jsonObjectText, productParams, subscriptionType } from "./params.ts";

/** What a subscription is made of or changed to. */
export const subscriptionRequest = z.object({
  ...productParams,
  ...flagParams,
  Type: subscriptionType,
  ConsumerGroupIds: optional(list(text(), { max: 100 })),
  MnsConfiguration: optional(jsonObjectText),
  SubscribeFlags: optional(jsonObjectText),
});

export function subscriptionWish(input: z.output<typeof subscriptionRequest>): SubscriptionWish {
  return {
    type: input.Type,
    flags: input,
    groupIds: input.ConsumerGroupIds,
    mnsConfiguration: input.MnsConfiguration,
    subscribeFlags: input.SubscribeFlags,
  };
}
