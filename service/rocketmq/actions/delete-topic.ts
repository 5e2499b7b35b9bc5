/* DeleteTopic, version 2022-08-01: deletes a topic. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { removeTopic } from "../engine/topics.ts";
import { topicParams } from "../params.ts";

export const deleteTopic = defineAction({
  name: "DeleteTopic",
  kind: "write",
  summary: "Deletes a topic.",

  route: { method: "DELETE", path: "/instances/{instanceId}/topics/{topicName}" },
  request: z.object(topicParams),
  handler(ctx, input) {
    removeTopic(ctx, input.instanceId, input.topicName);
    return { data: true };
  },
});
