/* CreateTopic, version 2022-08-01: makes a topic; its name is in the path. */
import { z } from "zod";
import { MESSAGE_TYPES_5 } from "../../../contract/limits/rocketmq.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { integer, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { makeTopic } from "../engine/topics.ts";
import { newTopicParams, tpsParam } from "../params.ts";

export const createTopic = defineAction({
  name: "CreateTopic",
  kind: "write",
  summary: "Makes a topic of an instance.",

  route: { method: "POST", path: "/instances/{instanceId}/topics/{topicName}" },
  request: z.object({
    ...newTopicParams,
    messageType: text(oneOf(MESSAGE_TYPES_5)),
    remark: optional(text()),
    maxSendTps: tpsParam,
    liteTopicExpiration: optional(integer({ min: -1 })),
  }),
  handler(ctx, input) {
    makeTopic(ctx, input.instanceId, input.topicName, {
      messageType: input.messageType,
      remark: input.remark ?? "",
      maxSendTps: input.maxSendTps,
      liteTopicExpiration: input.liteTopicExpiration,
    });
    return { data: true };
  },
});
