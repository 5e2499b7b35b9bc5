import { z } from "zod";
import { MESSAGE_TYPES_5 } from "../limits/rocketmq.ts";
import { oneOf } from "../limits/text.ts";
import { integer, optional, text } from "../params.ts";
import { done, outcome, page, rocketmqAction } from "./actions-of.ts";
import {
  changedRemark,
  instanceParams,
  newTopicParams,
  pageParams,
  topicParams,
  tpsParam,
  words,
} from "./params.ts";

const PATH = "/instances/{instanceId}/topics/{topicName}";

const topic = {
  createTime: "string",
  instanceId: "string",
  liteTopicExpiration: "integer",
  maxSendTps: "integer",
  messageType: "string",
  regionId: "string",
  remark: "string",
  status: "string",
  topicName: "string",
  updateTime: "string",
} as const;

export const createTopic = rocketmqAction({
  name: "CreateTopic",
  kind: "write",
  summary: "Makes a topic of an instance.",
  coverage: "whole",
  route: { method: "POST", path: PATH },
  request: () =>
    z.object({
      ...newTopicParams(),
      messageType: text(oneOf(MESSAGE_TYPES_5)),
      remark: optional(text()),
      maxSendTps: tpsParam(),
      liteTopicExpiration: optional(integer({ min: -1 })),
    }),
  answer: done,
});

export const updateTopic = rocketmqAction({
  name: "UpdateTopic",
  kind: "write",
  summary: "Changes remark and speed limit of a topic.",
  coverage: "whole",
  route: { method: "PATCH", path: PATH },
  request: () =>
    z.object({
      ...topicParams(),
      remark: changedRemark(),
      maxSendTps: tpsParam(),
      liteTopicExpiration: optional(integer({ min: -1 })),
    }),
  answer: done,
});

export const deleteTopic = rocketmqAction({
  name: "DeleteTopic",
  kind: "write",
  summary: "Deletes a topic.",
  coverage: "whole",
  route: { method: "DELETE", path: PATH },
  request: () => z.object(topicParams()),
  answer: done,
});

export const getTopic = rocketmqAction({
  name: "GetTopic",
  kind: "read",
  summary: "Shows a topic.",
  coverage: "whole",
  route: { method: "GET", path: PATH },
  request: () => z.object(topicParams()),
  answer: { ...outcome, data: topic },
});

/** By parts of name or remark and by message type, oldest first. */
export const listTopics = rocketmqAction({
  name: "ListTopics",
  kind: "read",
  summary: "Lists the topics of an instance.",
  coverage: "whole",
  route: { method: "GET", path: "/instances/{instanceId}/topics" },
  request: () =>
    z.object({
      ...instanceParams(),
      filter: optional(text()),
      messageTypes: optional(words()),
      ...pageParams({ min: 10, max: 100 }),
    }),
  answer: { ...outcome, data: { ...page, list: [topic] } },
});
