import { getTopic as published } from "../../../contract/rocketmq/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { topicOf } from "../engine/find.ts";
import { topicView } from "../views/member.ts";

export const getTopic = defineAction(published, (ctx, input) => ({
  data: topicView(ctx, topicOf(ctx, input.instanceId, input.topicName)),
}));
