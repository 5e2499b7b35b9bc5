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
import { CHANGES_NOTHING, LOGICAL_NAME, REPLACES } from "./marks.ts";
import { refusedAt, withRules } from "./rules.ts";

const fields = z.strictObject({
  platform: z
    .literal("changeTracking")
    .describe("Consumer group of a change tracking instance.")
    .meta(REPLACES),
  instance: resourceId
    .describe(
      "The change tracking instance: the resource or its id. At most 20 groups each. A replaced group loses its offset. Source: CreateConsumerChannel.",
    )
    .meta(REPLACES),
  name: consumerGroupName
    .describe("Name of the group, 1 to 128 characters, unique in the instance. Source: DTS-3.")
    .meta(LOGICAL_NAME),
  account: consumerGroupAccount.describe(
    "Account of the group, 1 to 16 of A-Z a-z 0-9 _, unique in the instance. Source: DTS-4, DTS-5.",
  ),
  password: consumerGroupPassword.describe(
    "Password of the account, 8 to 32 printable ASCII characters of at least two kinds. Secret. Source: DTS-6, DTS-7.",
  ),
  consumptionMode: consumptionMode
    .optional()
    .describe(
      "How the data will be read: sdkDemo, flinkDtsConnector or kafkaClient. Refused where the source does not support it. Default: not declared. Source: DTS-10.",
    )
    .meta(CHANGES_NOTHING),
  engine: engineName
    .optional()
    .describe(
      "Engine of the instance's source, for `consumptionMode`. Default: that of the instance given as resource.",
    )
    .meta(CHANGES_NOTHING),
  region: region.describe(
    "Region of the instance, for example cn-hangzhou. Default: that of the instance given as resource, else the configured `changetracking:region`, else cn-hangzhou.",
  ),
  adoptExisting,
  forceUnsubscribe: z
    .boolean()
    .optional()
    .describe(
      "Lets a delete stop foreign tasks that use the group; never disconnects a client. Default false.",
    )
    .meta(CHANGES_NOTHING),
  timeouts,
});

/** `platform: "changeTracking"`: a group of Data Transmission Service. */
export const changeTrackingGroup = withRules(fields, [
  {
    reads: [["engine"], ["consumptionMode"]],
    refuse: ({ engine, consumptionMode: mode }) => {
      if (engine === undefined || mode === undefined) return undefined;
      return refusedAt(["consumptionMode"], modeRefusal(engine, mode));
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
export type ChangeTrackingGroupInputs = z.output<typeof changeTrackingGroup>;
