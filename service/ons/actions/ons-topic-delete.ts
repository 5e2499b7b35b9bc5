/* OnsTopicDelete, version 2019-02-14: deletes a topic. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import { instanceOf, topicOf } from "../engine/find.ts";
import { topicParams } from "../params.ts";
import { onsStore } from "../store.ts";

export const onsTopicDelete = defineAction({
  name: "OnsTopicDelete",
  kind: "write",
  summary: "Deletes a topic.",

  request: z.object(topicParams),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      const { instanceId, name } = topicOf(ctx, instanceOf(ctx, input.InstanceId), input.Topic);
      onsStore(ctx.store).topics.delete(instanceId, name);
      tellDependents(ctx);
    });
    return {};
  },
});
