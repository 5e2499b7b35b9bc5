/*
 * QueryConsumerGroupStatus, version 2018-01-20: live figures of a group (IOT-8), zeros while no client can
 * connect. LastConsumerTime is left out when nothing was ever consumed.
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { activityOf } from "../engine/status.ts";
import { groupParams } from "../params.ts";
import { isoText } from "../views/time.ts";

export const queryConsumerGroupStatus = defineAction({
  name: "QueryConsumerGroupStatus",
  kind: "read",
  summary: "Shows rate, backlog, last consumption and clients of a group.",
  partial: "of a client no RealTimeConsumeCountPerMinute and AccumulatedConsumeCountPerMinute",
  request: z.object(groupParams),
  handler(ctx, input) {
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
  },
});
