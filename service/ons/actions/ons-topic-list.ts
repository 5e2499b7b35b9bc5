import { onsTopicList as published } from "../../../contract/ons/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { instanceOf } from "../engine/find.ts";
import { onsStore } from "../store.ts";
import { topicView } from "../views/member.ts";

export const onsTopicList = defineAction(published, (ctx, input) => {
  const instance = instanceOf(ctx, input.InstanceId);
  const store = onsStore(ctx.store);
  const found = store.topics.list(instance.instanceId).flatMap((topic) => {
    if (input.Topic !== undefined && topic.name !== input.Topic) return [];
    const tags = store.tags("TOPIC", topic.instanceId, topic.name);
    return hasTags(tags, input.Tag) ? [topicView(ctx, instance, topic, tags)] : [];
  });
  return { Data: { PublishInfoDo: found } };
});
