/* OnsConsumerStatus, version 2019-02-14: shows the clients of a group and how far it is behind. */
import { z } from "zod";
import { flag, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { clustering, figuresView, remoteViews, subscriptionData } from "../views/activity.ts";

export const onsConsumerStatus = defineAction({
  name: "OnsConsumerStatus",
  kind: "read",
  summary: "Shows the clients of a group and how far it is behind.",
  partial:
    "no Jstack, RunningDataList, Diff of a client, Connection, ConsumeType, LastTimeStamp, SubVersion, ThreadCount",
  request: z.object({
    ...groupParams,
    Detail: withDefault(flag(), false),
    NeedJstack: withDefault(flag(), false),
  }),
  handler(ctx, input) {
    const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
    const activity = activityOf(ctx, group);
    return {
      Data: {
        ...figuresView(activity, input.Detail),
        InstanceId: group.instanceId,
        ConsumeModel: clustering,
        RebalanceOK: true,
        SubscriptionSame: (activity.topics ?? []).every((topic) => topic.consistent),
        ConnectionSet: { ConnectionDo: remoteViews(activity) },
        ConsumerConnectionInfoList: {
          ConsumerConnectionInfoDo: input.Detail
            ? activity.clients.map(({ clientId, connectedAtMs, language, version }) => ({
                ClientId: clientId,
                ConsumeModel: clustering,
                Language: language ?? "",
                Version: version ?? "",
                StartTimeStamp: connectedAtMs,
                SubscriptionSet: { SubscriptionData: subscriptionData(activity) },
              }))
            : [],
        },
      },
    };
  },
});
