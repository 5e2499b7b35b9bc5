import { z } from "zod";
import { iotGroupName, MESSAGE_TYPES, type MessageFlag } from "../../contract/limits/iot.ts";
import { flag, integer, jsonText, optional, text } from "../../contract/params.ts";

/** Parameters that every action takes. */
export const commonParams = { RegionId: optional(text()), IotInstanceId: optional(text()) };

export const groupParams = { ...commonParams, GroupId: text() };
export const groupNameParam = text(iotGroupName);
export const productParams = { ...commonParams, ProductKey: text() };

/** One group and one product. */
export const relationParams = { ...productParams, ConsumerGroupId: text() };

export const subscriptionType = text(
  z.enum(["AMQP", "MNS"], { error: (issue) => `must be AMQP or MNS, got ${JSON.stringify(issue.input)}` }),
);

/** Ids of rules and actions. */
export const longId = integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

/** A page; both are needed, as published. */
export const pageParams = (sizeMax: number) => ({
  CurrentPage: integer({ min: 1 }),
  PageSize: integer({ min: 1, max: sizeMax }),
});

/** JSON text of an object, kept as it was sent. */
export const jsonObjectText = z.string().superRefine((value, context) => {
  const parsed = jsonText(z.record(z.string(), z.unknown())).safeParse(value);
  if (!parsed.success) context.addIssue({ code: "custom", message: "must be the JSON text of an object" });
});

export const messageFlags = Object.values(MESSAGE_TYPES).map((type) => type.flag);

const messageType = optional(flag());

/** The message types of a subscription, each absent or a flag. */
export const flagParams = Object.fromEntries(messageFlags.map((name) => [name, messageType])) as {
  readonly [name in MessageFlag]: typeof messageType;
};
