import { z } from "zod";
import { deliveryOrder } from "../limits/rocketmq.ts";
import { flag, optional, text } from "../params.ts";
import { done, outcome, page, rocketmqAction } from "./actions-of.ts";
import {
  changedRemark,
  groupParams,
  instanceParams,
  newGroupParams,
  orderParam,
  pageParams,
  retryParam,
  tpsParam,
} from "./params.ts";

/** Consumer groups of an instance. What their clients do is in `consumers.ts`. */

const PATH = "/instances/{instanceId}/consumerGroups/{consumerGroupId}";

const listedGroup = {
  consumerGroupId: "string",
  createTime: "string",
  instanceId: "string",
  maxReceiveTps: "integer",
  messageModel: "string",
  regionId: "string",
  remark: "string",
  status: "string",
  topicName: "string",
  updateTime: "string",
} as const;

/** Holds RMQ-1 to RMQ-5. */
export const createConsumerGroup = rocketmqAction({
  name: "CreateConsumerGroup",
  kind: "write",
  summary: "Makes a consumer group of an instance.",
  coverage: "whole",
  route: { method: "POST", path: PATH },
  request: () =>
    z.object({
      ...newGroupParams(),
      deliveryOrderType: orderParam(),
      consumeRetryPolicy: retryParam(),
      remark: optional(text()),
      maxReceiveTps: tpsParam(),
      messageModel: optional(text()),
      topicName: optional(text()),
      exclusive: optional(flag()),
    }),
  answer: done,
});

/** The retry policy is set as a whole, the rest is kept unless given. Holds RMQ-3 to RMQ-5. */
export const updateConsumerGroup = rocketmqAction({
  name: "UpdateConsumerGroup",
  kind: "write",
  summary: "Changes delivery order, retry policy, remark and speed limit of a group.",
  coverage: "whole",
  route: { method: "PATCH", path: PATH },
  request: () =>
    z.object({
      ...groupParams(),
      deliveryOrderType: optional(text(deliveryOrder)),
      consumeRetryPolicy: retryParam(),
      remark: changedRemark(),
      maxReceiveTps: tpsParam(),
    }),
  answer: done,
});

export const deleteConsumerGroup = rocketmqAction({
  name: "DeleteConsumerGroup",
  kind: "write",
  summary: "Deletes a consumer group, whoever uses it.",
  coverage: "whole",
  route: { method: "DELETE", path: PATH },
  request: () => z.object(groupParams()),
  answer: done,
});

export const getConsumerGroup = rocketmqAction({
  name: "GetConsumerGroup",
  kind: "read",
  summary: "Shows a consumer group.",
  coverage: "whole",
  route: { method: "GET", path: PATH },
  request: () => z.object(groupParams()),
  answer: {
    ...outcome,
    data: {
      ...listedGroup,
      consumeRetryPolicy: {
        deadLetterTargetTopic: "string",
        fixedIntervalRetryTime: "integer",
        maxRetryTimes: "integer",
        retryPolicy: "string",
      },
      deliveryOrderType: "string",
      exclusive: "boolean",
    },
  },
});

/** By parts of name or remark, oldest first. */
export const listConsumerGroups = rocketmqAction({
  name: "ListConsumerGroups",
  kind: "read",
  summary: "Lists the consumer groups of an instance.",
  coverage: "whole",
  route: { method: "GET", path: "/instances/{instanceId}/consumerGroups" },
  request: () =>
    z.object({ ...instanceParams(), filter: optional(text()), ...pageParams({ min: 10, max: 100 }) }),
  answer: { ...outcome, data: { ...page, list: [listedGroup] } },
});
