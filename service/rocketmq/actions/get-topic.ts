import { getTopic as published } from "../../../contract/rocketmq/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf, topicOf } from "../engine/find.ts";
import { topicView } from "../views/member.ts";

export const getTopic = defineAction(published, (ctx, input) => ({
  data: topicView(topicOf(ctx, input.instanceId, input.topicName), instanceOf(ctx, input.instanceId).region),
}));
