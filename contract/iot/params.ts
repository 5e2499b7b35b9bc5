import { z } from "zod";
import { iotGroupName, MESSAGE_TYPES, type MessageFlag } from "../limits/iot.ts";
import { once } from "../once.ts";
import { flag, integer, jsonText, list, optional, text } from "../params.ts";

/** Parameters that every action takes. */
export const commonParams = once(() => ({ RegionId: optional(text()), IotInstanceId: optional(text()) }));

export const groupParams = once(() => ({ ...commonParams(), GroupId: text() }));
export const groupNameParam = once(() => text(iotGroupName));
export const productParams = once(() => ({ ...commonParams(), ProductKey: text() }));

/** Ids of rules and actions. */
const longId = once(() => integer({ min: 1, max: Number.MAX_SAFE_INTEGER }));
export const ruleParams = once(() => ({ ...commonParams(), RuleId: longId() }));
export const ruleActionParams = once(() => ({ ...commonParams(), ActionId: longId() }));

/** One group and one product. */
export const relationParams = once(() => ({ ...productParams(), ConsumerGroupId: text() }));

/** The subscription of one type that a product has. */
export const subscriptionParams = once(() => ({
  ...productParams(),
  Type: text(
    z.enum(["AMQP", "MNS"], { error: (issue) => `must be AMQP or MNS, got ${JSON.stringify(issue.input)}` }),
  ),
}));

/** A page; both are needed, as published. */
export const pageParams = (sizeMax: number) => ({
  CurrentPage: integer({ min: 1 }),
  PageSize: integer({ min: 1, max: sizeMax }),
});

/** JSON text of an object, kept as it was sent. */
const jsonObjectText = once(() =>
  z.string().superRefine((value, context) => {
    const parsed = jsonText(z.record(z.string(), z.unknown())).safeParse(value);
    if (!parsed.success) context.addIssue({ code: "custom", message: "must be the JSON text of an object" });
  }),
);

/** A field for each message type of a subscription, by its published name. */
export function perMessageType<T>(fieldOf: (flag: MessageFlag) => T): Readonly<Record<MessageFlag, T>> {
  const entries = Object.values(MESSAGE_TYPES).map((type) => [type.flag, fieldOf(type.flag)]);
  return Object.fromEntries(entries) as Record<MessageFlag, T>;
}

/** What a subscription is made of or changed to. */
export const subscriptionRequest = () =>
  z.object({
    ...subscriptionParams(),
    ...perMessageType(() => optional(flag())),
    ConsumerGroupIds: optional(list(text(), { max: 100 })),
    MnsConfiguration: optional(jsonObjectText()),
    SubscribeFlags: optional(jsonObjectText()),
  });

export type SubscriptionRequest = z.output<ReturnType<typeof subscriptionRequest>>;
