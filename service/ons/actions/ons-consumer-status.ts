import { onsConsumerStatus as published } from "../../../contract/ons/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { CLUSTERING, figuresView, remoteViews, subscriptionData } from "../views/activity.ts";

export const onsConsumerStatus = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
  const activity = activityOf(ctx, group);
  return {
    Data: {
      ...figuresView(activity, input.Detail),
      InstanceId: group.instanceId,
      ConsumeModel: CLUSTERING,
      RebalanceOK: true,
      SubscriptionSame: (activity.topics ?? []).every((topic) => topic.consistent),
      ConnectionSet: { ConnectionDo: remoteViews(activity) },
      ConsumerConnectionInfoList: {
        ConsumerConnectionInfoDo: input.Detail
          ? activity.clients.map(({ clientId, connectedAtMs, language, version }) => ({
              ClientId: clientId,
              ConsumeModel: CLUSTERING,
              Language: language ?? "",
              Version: version ?? "",
              StartTimeStamp: connectedAtMs,
              SubscriptionSet: { SubscriptionData: subscriptionData(activity) },
            }))
          : [],
      },
    },
  };
});
