import { onsTopicDelete as published } from "../../../contract/ons/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import { instanceOf, topicOf } from "../engine/find.ts";
import { onsStore } from "../store.ts";

export const onsTopicDelete = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const { instanceId, name } = topicOf(ctx, instanceOf(ctx, input.InstanceId), input.Topic);
    onsStore(ctx.store).topics.delete(instanceId, name);
    tellDependents(ctx);
  });
  return {};
});
