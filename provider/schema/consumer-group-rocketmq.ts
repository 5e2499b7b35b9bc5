import { z } from "zod";
import { resourceId } from "../../contract/limits/dts.ts";
import { shown } from "../../contract/limits/message.ts";
import {
  type DeliveryOrder,
  fixedIntervalRefusal,
  GROUP_TYPES_4,
  groupName4,
  groupName5,
  maxRetries,
  type RetryPolicyName,
  topicName5,
} from "../../contract/limits/rocketmq.ts";
import { boundedText, oneOf, ruled, stringOf, wrongType } from "../../contract/limits/text.ts";
import { type Refusal, ruleOf } from "../../contract/validation/refusal.ts";
import { adoptExisting, region, timeouts } from "./common.ts";
import { CHANGES_NOTHING, LOGICAL_NAME, REPLACES, REPLACES_ON_4 } from "./marks.ts";
import { type FieldsRule, refusedAt, withRules } from "./rules.ts";

/** Words of the input `deliveryOrder`, and what the API calls them (RMQ-3). */
export const ORDERS = {
  concurrent: "Concurrently",
  ordered: "Orderly",
} as const satisfies Record<string, DeliveryOrder>;
export type OrderName = keyof typeof ORDERS;

/** Words of the input `retryPolicy.type`, and what the API calls them (RMQ-4). */
export const RETRIES = {
  default: "DefaultRetryPolicy",
  fixed: "FixedRetryPolicy",
} as const satisfies Record<string, RetryPolicyName>;
export type RetryName = keyof typeof RETRIES;

const retryPolicy = z
  .strictObject({
    type: oneOf(["default", "fixed"], "RMQ-4").describe(
      "default (the wait grows with every retry) or fixed (the wait is intervalSeconds). Source: RMQ-4.",
    ),
    intervalSeconds: ruled(z.number({ error: wrongType("a whole number of seconds") }), "RMQ-5")
      .optional()
      .describe(
        "Seconds between retries, with type fixed only: 10 to 1800 concurrent, 1 to 600 ordered. Only push consumers go by it. Source: RMQ-5.",
      ),
    maxRetries: maxRetries
      .optional()
      .describe("Retries before a message is given up, 0 to 1000. Default 16. Source: RMQ-4."),
  })
  .optional()
  .describe("How a failed message is tried again. Default: type default, 16 retries.")
  .meta({ only: "5.x" });

const afterLastRetry = ruled(
  z.union(
    [
      z.literal("discard"),
      z.strictObject({ deadLetterTopic: topicName5.describe("A topic of the same instance.") }),
    ],
    {
      error: ({ input }) => `must be "discard" or { deadLetterTopic: NAME }, got ${shown(input)}`,
    },
  ),
  "RMQ-4",
)
  .optional()
  .describe(
    'What becomes of a message after its last retry: "discard" or { deadLetterTopic }. Needed there. Source: RMQ-4.',
  )
  .meta({ only: "5.x" });

const fields = z.strictObject({
  platform: z.literal("rocketmq").describe("Consumer group of ApsaraMQ for RocketMQ.").meta(REPLACES),
  instance: resourceId
    .describe("Id of the RocketMQ instance. A replaced group loses its position.")
    .meta(REPLACES),
  version: oneOf(["5.x", "4.x"]).describe("Version of the instance: 5.x or 4.x.").meta(REPLACES),
  name: stringOf("a string", "RMQ-2")
    .describe(
      "Id of the group, unique in the instance: on 5.x 1 to 60 letters, digits, _, - and %, on 4.x 2 to 64 letters, digits, - and _. A replaced group loses its position. Source: RMQ-1, RMQ-2.",
    )
    .meta({ ...LOGICAL_NAME, ...REPLACES }),
  deliveryOrder: oneOf(["concurrent", "ordered"], "RMQ-3")
    .optional()
    .describe(
      "concurrent or ordered. When it is changed from ordered to concurrent, messages of one message group may overtake each other from then on; from concurrent to ordered, order begins with the messages delivered after the change, and a message that fails holds up those behind it. Restart consumers, which keep what they were started with. Default concurrent. Source: RMQ-3, RMQ-7.",
    )
    .meta({ only: "5.x" }),
  retryPolicy,
  afterLastRetry,
  groupType: oneOf(GROUP_TYPES_4)
    .optional()
    .describe("Protocol of the consumers, tcp or http. Default tcp.")
    .meta({ ...REPLACES_ON_4, only: "4.x" }),
  remark: boundedText(1, 128)
    .optional()
    .describe("Remark, 1 to 128 characters. Default none.")
    .meta(REPLACES_ON_4),
  region,
  adoptExisting,
  forceUnsubscribe: z
    .boolean()
    .optional()
    .describe("Has no effect yet on this platform: a connected client is never disconnected. Default false.")
    .meta(CHANGES_NOTHING),
  timeouts,
});

type Fields = z.output<typeof fields>;

/** RMQ-6: what a 4.x server takes from the client, and where to set it there. */
export const CLIENT_SIDE = {
  deliveryOrder:
    "a 4.x server takes the delivery order from the client: create an ordered consumer there (MessageListenerOrderly, createOrderedConsumer)",
  retryPolicy:
    "a 4.x server takes retries from the client: set MaxReconsumeTimes and the suspend time of the consumer there",
  afterLastRetry:
    "a 4.x server keeps dead letters of its own for each group, and their number of retries comes from the client (MaxReconsumeTimes): handle them there",
} as const;

const clientSideRules = (Object.keys(CLIENT_SIDE) as (keyof typeof CLIENT_SIDE)[]).map(
  (field): FieldsRule<Fields> => ({
    reads: [["version"]],
    refuse: (value) =>
      value.version === "4.x" && value[field] !== undefined
        ? { at: [field], text: `is not for a 4.x group; ${CLIENT_SIDE[field]}`, rule: "RMQ-6" }
        : undefined,
  }),
);

const rules: readonly FieldsRule<Fields>[] = [
  ...clientSideRules,
  {
    reads: [["version"], ["name"]],
    refuse: ({ version, name }) => {
      const issue = (version === "4.x" ? groupName4 : groupName5).safeParse(name).error?.issues[0];
      return issue && { at: ["name"], text: issue.message, rule: ruleOf(issue) };
    },
  },
  {
    reads: [["version"]],
    refuse: ({ version, groupType }) =>
      version === "5.x" && groupType !== undefined
        ? { at: ["groupType"], text: "is for 4.x groups only; leave it out on 5.x", rule: "RMQ-6" }
        : undefined,
  },
  {
    reads: [["version"], ["afterLastRetry"]],
    refuse: ({ version, afterLastRetry: after }) =>
      version === "5.x" && after === undefined
        ? {
            at: ["afterLastRetry"],
            text: 'is required on 5.x: "discard", or { deadLetterTopic } to keep messages after their last retry',
            rule: "RMQ-4",
          }
        : undefined,
  },
  {
    reads: [["version"], ["deliveryOrder"], ["retryPolicy"]],
    refuse: (value) => {
      const found = value.version === "4.x" ? undefined : intervalRefusal(value);
      return refusedAt(["retryPolicy", "intervalSeconds"], found);
    },
  },
];

/** RMQ-5. */
function intervalRefusal({ deliveryOrder, retryPolicy: policy }: Fields): Refusal | undefined {
  const seconds = policy?.intervalSeconds;
  if (policy?.type === "fixed" && seconds === undefined) {
    return { text: "is required with type fixed", rule: "RMQ-5" };
  }
  if (seconds === undefined) return undefined;
  if (policy?.type === "default") {
    return { text: `is only for type fixed, got ${shown(seconds)} with type default`, rule: "RMQ-5" };
  }
  const order = deliveryOrder ?? "concurrent";
  return fixedIntervalRefusal(ORDERS[order], seconds, order);
}

/** `platform: "rocketmq"`: a group of ApsaraMQ for RocketMQ, 5.x or 4.x. */
export const rocketmqGroup = withRules(fields, rules);
export type RocketmqGroupInputs = Fields;
