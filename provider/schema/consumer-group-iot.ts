import { z } from "zod";
import { resourceId } from "../../contract/limits/dts.ts";
import { defaultGroupRefusal, iotGroupName, MESSAGE_TYPE_NAMES } from "../../contract/limits/iot.ts";
import { shown } from "../../contract/limits/message.ts";
import { oneOf, refuse, refuseFound, stringOf } from "../../contract/limits/text.ts";
import { adoptExisting, region, timeouts } from "./common.ts";
import { CHANGES_NOTHING, LOGICAL_NAME, REPLACES } from "./marks.ts";
import { isUnknown } from "./unknown.ts";

/** What may become of a subscription when its last group goes. */
const WHEN_LAST = ["refuse", "deleteSubscription"] as const;
/** What a subscription forwards that names no message types. */
export const MESSAGE_TYPES_DEFAULT = ["deviceData"] as const;
/** Products of one group; a bound of its own, none is published. */
const SUBSCRIPTIONS_MAX = 100;

const PRODUCT_KEY = /^[A-Za-z0-9]{1,32}$/;

const productKey = stringOf("a product key")
  .superRefine((value, ctx) => {
    if (!isUnknown(value) && !PRODUCT_KEY.test(value)) {
      refuse(ctx, `must be a product key of 1 to 32 letters and digits, got ${shown(value)}`);
    }
  })
  .meta({ pattern: PRODUCT_KEY.source });

const subscription = z.strictObject({
  productKey: productKey.describe("Key of the product whose messages the group gets."),
  messageTypes: z
    .array(oneOf(MESSAGE_TYPE_NAMES))
    .min(1, { error: () => "must name at least one message type" })
    .optional()
    .describe(
      `Messages that a missing subscription is made with, of ${MESSAGE_TYPE_NAMES.join(", ")}. A subscription that was not made here keeps its own. Default ${MESSAGE_TYPES_DEFAULT.join(", ")}.`,
    ),
  whenLast: oneOf(WHEN_LAST)
    .optional()
    .describe(
      "When this is the last group of a subscription that was not made here: refuse, or deleteSubscription. Default refuse. Source: IOT-6.",
    ),
});

const subscriptions = z
  .array(subscription)
  .max(SUBSCRIPTIONS_MAX, { error: () => `must hold at most ${SUBSCRIPTIONS_MAX} products` })
  .superRefine((value, ctx) => {
    const keys = value.map((one) => one?.productKey).filter((key) => !isUnknown(key));
    const twice = keys.find((key, index) => keys.indexOf(key) !== index);
    if (twice !== undefined) refuse(ctx, `must name each product once, got ${shown(twice)} twice`);
  })
  .optional()
  .describe(
    "Products whose messages the group gets, as a set; changed one by one, additions first. Default none.",
  );

const name = iotGroupName.superRefine((value, ctx) => refuseFound(ctx, defaultGroupRefusal(value)));

/** `platform: "iot"`: a group of IoT Platform's server-side subscription. */
export const iotGroup = z.strictObject({
  platform: z.literal("iot").describe("Consumer group of IoT Platform.").meta(REPLACES),
  iotInstanceId: resourceId
    .optional()
    .describe("Id of the IoT Platform instance. Default: the public instance.")
    .meta(REPLACES),
  name: name
    .describe(
      "Name of the group, unique in the instance, 4 to 30 wide, where a Chinese or Japanese character counts 2; Chinese, Japanese, English letters, digits and _. Source: IOT-1, IOT-2, IOT-4.",
    )
    .meta(LOGICAL_NAME),
  subscriptions,
  region,
  adoptExisting,
  forceUnsubscribe: z
    .boolean()
    .optional()
    .describe(
      "Lets a delete take the group off products that it does not declare; never disconnects a client. Default false.",
    )
    .meta(CHANGES_NOTHING),
  timeouts,
});

export type IotGroupInputs = z.output<typeof iotGroup>;
export type IotSubscriptionInputs = z.output<typeof subscription>;
