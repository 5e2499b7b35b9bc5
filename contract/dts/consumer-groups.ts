import { z } from "zod";
import { once } from "../once.ts";
import { optional, text } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { pageOutcome, plainOutcome } from "./outcomes.ts";
import { groupParams, pageParams, subscriptionParams } from "./params.ts";

/** Consumer groups of an instance, in the older family of actions. The newer one is in `consumer-channels.ts`. */

const testedBy = ["test/service/dts/further.test.ts"];
const page = once(() => pageParams({ default: 30, oneOf: [30, 50, 100] }));

/** Holds DTS-1, DTS-3 to DTS-7 and DTS-11. */
export const createConsumerGroup = dtsAction({
  name: "CreateConsumerGroup",
  kind: "write",
  summary: "Older family: adds a consumer group to an instance.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...subscriptionParams(), ...groupParams() }),
  answer: { ConsumerGroupID: "string", ...plainOutcome },
});

export const describeConsumerGroup = dtsAction({
  name: "DescribeConsumerGroup",
  kind: "read",
  summary: "Older family: lists an instance's consumer groups.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...subscriptionParams(), PageNum: page().number, PageSize: page().size }),
  answer: {
    ConsumerChannels: {
      DescribeConsumerChannel: [
        {
          ConsumerGroupID: "string",
          ConsumerGroupName: "string",
          ConsumerGroupUserName: "string",
          ConsumptionCheckpoint: "string",
          MessageDelay: "integer",
          UnconsumedData: "integer",
        },
      ],
    },
    ...pageOutcome,
    ...plainOutcome,
  },
});

/**
 * ConsumerGroupPassword is the present password and must be right; the new one comes as consumerGroupNewPassword,
 * with a small first letter. Holds DTS-6 and DTS-7.
 */
export const modifyConsumerGroupPassword = dtsAction({
  name: "ModifyConsumerGroupPassword",
  kind: "write",
  summary: "Older family: changes a consumer group's password.",
  coverage: "whole",
  testedBy,
  request: () =>
    z.object({
      ...subscriptionParams(),
      ConsumerGroupID: text(),
      ConsumerGroupName: optional(text()),
      ConsumerGroupUserName: optional(text()),
      ConsumerGroupPassword: text(),
      consumerGroupNewPassword: groupParams().ConsumerGroupPassword,
    }),
  answer: plainOutcome,
});

export const deleteConsumerGroup = dtsAction({
  name: "DeleteConsumerGroup",
  kind: "write",
  summary: "Older family: deletes a consumer group.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...subscriptionParams(), ConsumerGroupID: text() }),
  answer: plainOutcome,
});
