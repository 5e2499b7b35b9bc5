import { onsConsumerResetOffset as published } from "../../../contract/ons/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityKey } from "../engine/activity.ts";
import { groupOf, instanceOf, topicOf } from "../engine/find.ts";

export const onsConsumerResetOffset = defineAction(published, (ctx, input) => {
  const instance = instanceOf(ctx, input.InstanceId);
  const group = groupOf(ctx, instance, input.GroupId);
  topicOf(ctx, instance, input.Topic);
  const toMs = input.Type === 0 ? undefined : input.ResetTimestamp;
  ctx.ports.find("offsets")?.reset("ons", activityKey(group), input.Topic, toMs);
  return {};
});
