import { listTopics as published } from "../../../contract/rocketmq/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { matches, pageOf } from "../lists.ts";
import { rocketmqStore } from "../store.ts";
import { topicView } from "../views/member.ts";

export const listTopics = defineAction(published, (ctx, input) => {
  const { region } = instanceOf(ctx, input.instanceId);
  const found = rocketmqStore(ctx.store)
    .topics.list(input.instanceId)
    .filter(({ name, remark, messageType }) => {
      const asked = !input.messageTypes?.length || input.messageTypes.includes(messageType);
      return asked && matches(input.filter, name, remark);
    });
  return { data: pageOf(found, input, (topic) => topicView(topic, region)) };
});
