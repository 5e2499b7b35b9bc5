import { deleteTopic as published } from "../../../contract/rocketmq/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { removeTopic } from "../engine/topics.ts";

export const deleteTopic = defineAction(published, (ctx, input) => {
  removeTopic(ctx, input.instanceId, input.topicName);
  return { data: true };
});
