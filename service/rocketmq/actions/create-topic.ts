import { createTopic as published } from "../../../contract/rocketmq/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { makeTopic } from "../engine/topics.ts";

export const createTopic = defineAction(published, (ctx, input) => {
  makeTopic(ctx, input.instanceId, input.topicName, {
    messageType: input.messageType,
    remark: input.remark ?? "",
    maxSendTps: input.maxSendTps,
    liteTopicExpiration: input.liteTopicExpiration,
  });
  return { data: true };
});
