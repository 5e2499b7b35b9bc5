import { updateTopic as published } from "../../../contract/rocketmq/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeTopic } from "../engine/topics.ts";

export const updateTopic = defineAction(published, (ctx, input) => {
  changeTopic(ctx, input.instanceId, input.topicName, {
    ...(typeof input.remark === "string" ? { remark: input.remark } : {}),
    maxSendTps: input.maxSendTps,
    liteTopicExpiration: input.liteTopicExpiration,
  });
  return { data: true };
});
