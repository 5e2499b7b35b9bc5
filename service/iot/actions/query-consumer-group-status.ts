import { queryConsumerGroupStatus as published } from "../../../contract/iot/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { activityOf } from "../engine/status.ts";
import { isoText } from "../views/time.ts";

/** Zeros while no client can connect. */
export const queryConsumerGroupStatus = defineAction(published, (ctx, input) => {
  const live = activityOf(ctx, groupOf(ctx, input, input.GroupId));
  const fromBacklog = live.consumedFromBacklogPerMinute ?? 0;
  return {
    AccumulationCount: live.accumulatedMessages,
    ConsumerSpeed: live.consumedPerMinute,
    RealTimeConsumeCountPerMinute: live.consumedPerMinute - fromBacklog,
    AccumulatedConsumeCountPerMinute: fromBacklog,
    ...(live.lastConsumedAtMs === undefined ? {} : { LastConsumerTime: isoText(live.lastConsumedAtMs) }),
    ClientConnectionStatusList: {
      ConsumerGroupClientConnectionInfo: live.clients.map((client) => ({
        ClientId: client.clientId,
        ClientIpPort: client.address,
        OnlineTime: client.connectedAtMs,
      })),
    },
  };
});
