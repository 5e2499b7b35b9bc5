/* OnsTopicCreate, version 2019-02-14: names are unique as those of groups are (RMQ-1). */
import { z } from "zod";
import { MESSAGE_TYPES_4, topicName4 } from "../../../contract/limits/rocketmq.ts";
import { integer, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { makeTopic } from "../engine/members.ts";
import { instanceParams } from "../params.ts";

export const onsTopicCreate = defineAction({
  name: "OnsTopicCreate",
  kind: "write",
  summary: "Makes a topic.",

  request: z.object({
    ...instanceParams,
    Topic: text(topicName4),
    MessageType: integer().refine((type) => MESSAGE_TYPES_4.some((known) => known === type), {
      error: `must be one of ${MESSAGE_TYPES_4.join(", ")}`,
    }),
    Remark: optional(text()),
  }),
  handler(ctx, input) {
    makeTopic(ctx, instanceOf(ctx, input.InstanceId), {
      name: input.Topic,
      messageType: input.MessageType,
      remark: input.Remark ?? "",
    });
    return {};
  },
});
