import { z } from "zod";
import {
  consumerGroupAccount,
  consumerGroupName,
  consumerGroupPassword,
  consumptionMode,
  engineName,
  resourceId,
} from "../../contract/limits/dts.ts";
import { modeRefusal } from "../../contract/limits/engines.ts";
import { adoptExisting, region, timeouts } from "./common.ts";
import { iotGroup } from "./consumer-group-iot.ts";
import { rocketmqGroup } from "./consumer-group-rocketmq.ts";
import { withRules } from "./rules.ts";

/** Inputs whose values are never shown. */
export const CONSUMER_GROUP_SECRETS = ["password"] as const;

const fields = z.strictObject({
  platform: z.literal("changeTracking").describe("Consumer group of a change tracking instance."),
  instance: resourceId.describe(
    "Id of the change tracking instance; programs pass the resource or its id. A change replaces the group. Source: CreateConsumerChannel.",
  ),
  name: consumerGroupName.describe(
    "Name of the group, 1 to 128 characters. Default: the resource's logical name. Source: DTS-3.",
  ),
  account: consumerGroupAccount.describe(
    "Account of the group, 1 to 16 of A-Z a-z 0-9 _. Source: DTS-4, DTS-5.",
  ),
  password: consumerGroupPassword.describe(
    "Password of the account, 8 to 32 printable ASCII characters of at least two kinds. Secret. Source: DTS-6, DTS-7.",
  ),
  consumptionMode: consumptionMode
    .optional()
    .describe(
      "How the data will be read: sdkDemo, flinkDtsConnector or kafkaClient. Only checked against `engine`. Default: not declared. Source: DTS-10.",
    ),
  engine: engineName
    .optional()
    .describe("Engine of the instance's source, for DTS-10. Default: the engine of the instance given."),
  region: region.describe(
    "Region of the instance, for example cn-hangzhou. A change replaces the group. Default: the configured `changetracking:region`.",
  ),
  adoptExisting,
  forceUnsubscribe: z
    .boolean()
    .optional()
    .describe("Stop foreign tasks that use the group when it is deleted. Default false."),
  timeouts,
});

/** `platform: "changeTracking"`: a group of Data Transmission Service. */
export const changeTrackingGroup = withRules(fields, [
  {
    reads: [["engine"], ["consumptionMode"]],
    refuse: ({ engine, consumptionMode: mode }) => {
      const text = engine === undefined || mode === undefined ? undefined : modeRefusal(engine, mode);
      return text === undefined ? undefined : { at: ["consumptionMode"], text };
    },
  },
]);

/** Inputs of the resource `ConsumerGroup`: one member for each platform. */
export const consumerGroup = z.discriminatedUnion(
  "platform",
  [changeTrackingGroup, rocketmqGroup, iotGroup],
  {
    unionFallback: true,
  },
);
export type ConsumerGroupInputs = z.output<typeof consumerGroup>;
export type ChangeTrackingGroupInputs = z.output<typeof changeTrackingGroup>;
