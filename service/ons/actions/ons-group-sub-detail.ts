/* OnsGroupSubDetail, version 2019-02-14: lists the topics that a group subscribes to. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { clustering } from "../views/activity.ts";

export const onsGroupSubDetail = defineAction({
  name: "OnsGroupSubDetail",
  kind: "read",
  summary: "Lists the topics that a group subscribes to.",

  request: z.object(groupParams),
  handler(ctx, input) {
    const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
    const activity = activityOf(ctx, group);
    const topics = (activity.topics ?? []).map((topic) => ({ Topic: topic.topic, SubString: topic.filter }));
    return {
      Data: {
        GroupId: group.name,
        MessageModel: clustering,
        Online: activity.connectedClients > 0,
        SubscriptionDataList: { SubscriptionDataList: topics },
      },
    };
  },
});
