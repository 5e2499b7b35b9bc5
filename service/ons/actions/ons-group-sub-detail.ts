import { onsGroupSubDetail as published } from "../../../contract/ons/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { CLUSTERING } from "../views/activity.ts";

export const onsGroupSubDetail = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
  const activity = activityOf(ctx, group);
  const topics = (activity.topics ?? []).map((topic) => ({ Topic: topic.topic, SubString: topic.filter }));
  return {
    Data: {
      GroupId: group.name,
      MessageModel: CLUSTERING,
      Online: activity.connectedClients > 0,
      SubscriptionDataList: { SubscriptionDataList: topics },
    },
  };
});
