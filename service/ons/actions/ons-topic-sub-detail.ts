import { onsTopicSubDetail as published } from "../../../contract/ons/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { instanceOf, topicOf } from "../engine/find.ts";
import { onsStore } from "../store.ts";
import { CLUSTERING } from "../views/activity.ts";

export const onsTopicSubDetail = defineAction(published, (ctx, input) => {
  const instance = instanceOf(ctx, input.InstanceId);
  const { name } = topicOf(ctx, instance, input.Topic);
  const groups = onsStore(ctx.store).groups.list(instance.instanceId);
  const found = groups.flatMap((group) => {
    const activity = activityOf(ctx, group);
    const topic = activity.topics?.find((one) => one.topic === name);
    if (!topic) return [];
    const Online = String(activity.connectedClients > 0);
    return [{ GroupId: group.name, MessageModel: CLUSTERING, Online, SubString: topic.filter }];
  });
  return { Data: { Topic: name, SubscriptionDataList: { SubscriptionDataList: found } } };
});
