import { z } from "zod";
import { once } from "../once.ts";
import { optional, text } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { pageOutcome, statusOutcome } from "./outcomes.ts";
import { CHANNEL_PAGE_SIZE_MAX, groupParams, jobParams, pageParams } from "./params.ts";

/** Consumer groups of a task, in the newer family of actions. The older one is in `consumer-groups.ts`. */

const HELP = "https://help.aliyun.com/document_detail/264168.html";
const testedBy = ["test/service/dts/clients.test.ts"];
const page = once(() => pageParams({ default: 20, max: CHANNEL_PAGE_SIZE_MAX }));

/** Holds DTS-1 and DTS-3 to DTS-7, and DTS-11: `OperationDenied.JobStatus` unless the task is Normal. */
export const createConsumerChannel = dtsAction({
  name: "CreateConsumerChannel",
  kind: "write",
  summary: "Adds a consumer group to a task.",
  source: HELP,
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...jobParams(), ...groupParams() }),
  answer: { ConsumerGroupID: "string", ...statusOutcome },
});

export const describeConsumerChannel = dtsAction({
  name: "DescribeConsumerChannel",
  kind: "read",
  summary: "Lists a task's consumer groups.",
  source: HELP,
  coverage: { missing: "ParentChannelId, which distributed tasks have" },
  testedBy,
  request: () => z.object({ ...jobParams(), PageNumber: page().number, PageSize: page().size }),
  answer: {
    ConsumerChannels: [
      {
        ConsumerGroupId: "string",
        ConsumerGroupName: "string",
        ConsumerGroupUserName: "string",
        ConsumptionCheckpoint: "string",
        MessageDelay: "integer",
        UnconsumedData: "integer",
      },
    ],
    ...pageOutcome,
    ...statusOutcome,
  },
});

/** Takes what is given of name, account and password, in any state of the task. Holds DTS-3 to DTS-7. */
export const modifyConsumerChannel = dtsAction({
  name: "ModifyConsumerChannel",
  kind: "write",
  summary: "Changes a consumer group's name, account or password.",
  source: HELP,
  coverage: "whole",
  testedBy,
  request: () =>
    z.object({
      ...jobParams(),
      ConsumerGroupId: text(),
      ConsumerGroupName: optional(groupParams().ConsumerGroupName),
      ConsumerGroupUserName: optional(groupParams().ConsumerGroupUserName),
      ConsumerGroupPassword: optional(groupParams().ConsumerGroupPassword),
    }),
  answer: statusOutcome,
});

/** In any state of the task, also while a client is connected: no refusal is published for that. */
export const deleteConsumerChannel = dtsAction({
  name: "DeleteConsumerChannel",
  kind: "write",
  summary: "Deletes a consumer group.",
  source: HELP,
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...jobParams(), ConsumerGroupId: text() }),
  answer: statusOutcome,
});
