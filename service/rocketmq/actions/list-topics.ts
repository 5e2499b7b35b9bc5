/* ListTopics, version 2022-08-01: by parts of name or remark and by message type, oldest first. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceParams, matches, pageOf, pageParams, words } from "../params.ts";
import { rocketmqStore } from "../store.ts";
import { topicView } from "../views/member.ts";

export const listTopics = defineAction({
  name: "ListTopics",
  kind: "read",
  summary: "Lists the topics of an instance.",

  route: { method: "GET", path: "/instances/{instanceId}/topics" },
  request: z.object({
    ...instanceParams,
    filter: optional(text()),
    messageTypes: optional(words()),
    ...pageParams({ default: 10, min: 10, max: 100 }),
  }),
  handler(ctx, input) {
    instanceOf(ctx, input.instanceId);
    const found = rocketmqStore(ctx.store)
      .topics.list(input.instanceId)
      .filter(({ name, remark, messageType }) => {
        const asked = !input.messageTypes?.length || input.messageTypes.includes(messageType);
        return asked && matches(input.filter, name, remark);
      });
    return { data: pageOf(found, input, (topic) => topicView(ctx, topic)) };
  },
});
