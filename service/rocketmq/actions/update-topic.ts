/* UpdateTopic, version 2022-08-01: changes remark and speed limit of a topic. */
import { z } from "zod";
import { integer, optional, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeTopic } from "../engine/topics.ts";
import { topicParams, tpsParam } from "../params.ts";

export const updateTopic = defineAction({
  name: "UpdateTopic",
  kind: "write",
  summary: "Changes remark and speed limit of a topic.",

  route: { method: "PATCH", path: "/instances/{instanceId}/topics/{topicName}" },
  request: z.object({
    ...topicParams,
    remark: z.optional(z.nullable(textOrEmpty())),
    maxSendTps: tpsParam,
    liteTopicExpiration: optional(integer({ min: -1 })),
  }),
  handler(ctx, input) {
    changeTopic(ctx, input.instanceId, input.topicName, {
      ...(typeof input.remark === "string" ? { remark: input.remark } : {}),
      maxSendTps: input.maxSendTps,
      liteTopicExpiration: input.liteTopicExpiration,
    });
    return { data: true };
  },
});
