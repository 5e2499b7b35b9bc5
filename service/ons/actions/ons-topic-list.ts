/* OnsTopicList, version 2019-02-14: Topic is compared whole; the list is there if empty. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { hasTags, instanceParams, tagsParam } from "../params.ts";
import { onsStore } from "../store.ts";
import { topicView } from "../views/member.ts";

export const onsTopicList = defineAction({
  name: "OnsTopicList",
  kind: "read",
  summary: "Lists the topics of an instance.",

  request: z.object({ ...instanceParams, Topic: optional(text()), Tag: optional(tagsParam(0)) }),
  handler(ctx, input) {
    const instance = instanceOf(ctx, input.InstanceId);
    const store = onsStore(ctx.store);
    const found = store.topics.list(instance.instanceId).flatMap((topic) => {
      const tags = store.tags("TOPIC", topic.instanceId, topic.name);
      if (input.Topic !== undefined && topic.name !== input.Topic) return [];
      return hasTags(tags, input.Tag) ? [topicView(ctx, instance, topic, tags)] : [];
    });
    return { Data: { PublishInfoDo: found } };
  },
});
