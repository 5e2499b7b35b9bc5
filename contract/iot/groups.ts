import { z } from "zod";
import { flag, optional, text, withDefault } from "../params.ts";
import { iotAction, METADATA, outcome, page } from "./actions-of.ts";
import { commonParams, groupNameParam, groupParams, pageParams } from "./params.ts";

/** Consumer groups of server-side subscription. */

const published = {
  source: METADATA,
  coverage: "whole",
  testedBy: ["test/service/iot/clients.test.ts", "test/service/iot/limits.test.ts"],
} as const;

const group = { CreateTime: "string", GroupId: "string", GroupName: "string" } as const;

/** Holds IOT-1, IOT-2 and IOT-4; a name that is taken in the instance is refused. */
export const createConsumerGroup = iotAction({
  ...published,
  name: "CreateConsumerGroup",
  kind: "write",
  summary: "Adds a consumer group to an instance.",
  request: () => z.object({ ...commonParams(), GroupName: groupNameParam() }),
  answer: { ...outcome, GroupId: "string" },
});

/** Refused for the default group (IOT-4). */
export const updateConsumerGroup = iotAction({
  ...published,
  name: "UpdateConsumerGroup",
  kind: "write",
  summary: "Renames a consumer group.",
  request: () => z.object({ ...groupParams(), NewGroupName: groupNameParam() }),
  answer: outcome,
});

/** Refused for the default group (IOT-4) and while a product is subscribed with the group (IOT-5). */
export const deleteConsumerGroup = iotAction({
  ...published,
  name: "DeleteConsumerGroup",
  kind: "write",
  summary: "Deletes a consumer group that nothing subscribes to.",
  request: () => z.object(groupParams()),
  answer: outcome,
});

/** IOT-7. */
export const resetConsumerGroupPosition = iotAction({
  ...published,
  name: "ResetConsumerGroupPosition",
  kind: "write",
  summary: "Clears the messages that wait for a group.",
  request: () => z.object(groupParams()),
  answer: outcome,
});

export const queryConsumerGroupByGroupId = iotAction({
  ...published,
  name: "QueryConsumerGroupByGroupId",
  kind: "read",
  summary: "Describes one consumer group.",
  request: () => z.object(groupParams()),
  answer: { ...outcome, Data: group },
});

/** Fuzzy=true keeps those whose name contains GroupName; without it all are listed, as published. */
export const queryConsumerGroupList = iotAction({
  ...published,
  name: "QueryConsumerGroupList",
  testedBy: ["test/service/iot/clients.test.ts", "test/service/iot/further.test.ts"],
  kind: "read",
  summary: "Lists the consumer groups of an instance.",
  request: () =>
    z.object({
      ...commonParams(),
      ...pageParams(1000),
      Fuzzy: withDefault(flag(), false),
      GroupName: optional(text()),
      SubBizCode: optional(text()),
      Type: optional(text()),
    }),
  answer: { ...outcome, ...page, Data: { ConsumerGroupDTO: [group] } },
});

/** Live figures (IOT-8); LastConsumerTime is left out when nothing was ever consumed. */
export const queryConsumerGroupStatus = iotAction({
  ...published,
  name: "QueryConsumerGroupStatus",
  kind: "read",
  summary: "Shows rate, backlog, last consumption and clients of a group.",
  coverage: { missing: "of a client no RealTimeConsumeCountPerMinute and AccumulatedConsumeCountPerMinute" },
  request: () => z.object(groupParams()),
  answer: {
    ...outcome,
    AccumulatedConsumeCountPerMinute: "integer",
    AccumulationCount: "integer",
    ClientConnectionStatusList: {
      ConsumerGroupClientConnectionInfo: [
        {
          AccumulatedConsumeCountPerMinute: "integer",
          ClientId: "string",
          ClientIpPort: "string",
          OnlineTime: "integer",
          RealTimeConsumeCountPerMinute: "integer",
        },
      ],
    },
    ConsumerSpeed: "integer",
    LastConsumerTime: "string",
    RealTimeConsumeCountPerMinute: "integer",
  },
});
