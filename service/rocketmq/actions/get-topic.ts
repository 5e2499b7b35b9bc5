/* GetTopic, version 2022-08-01: shows a topic. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { topicOf } from "../engine/find.ts";
import { topicParams } from "../params.ts";
import { topicView } from "../views/member.ts";

export const getTopic = defineAction({
  name: "GetTopic",
  kind: "read",
  summary: "Shows a topic.",

  route: { method: "GET", path: "/instances/{instanceId}/topics/{topicName}" },
  request: z.object(topicParams),
  handler(ctx, input) {
    return { data: topicView(ctx, topicOf(ctx, input.instanceId, input.topicName)) };
  },
});
