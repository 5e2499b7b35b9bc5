/* OnsConsumerGetConnection, version 2019-02-14: lists the connected clients of a group. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { clustering, connectionViews } from "../views/activity.ts";

export const onsConsumerGetConnection = defineAction({
  name: "OnsConsumerGetConnection",
  kind: "read",
  summary: "Lists the connected clients of a group.",

  request: z.object(groupParams),
  handler(ctx, input) {
    const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
    const connections = connectionViews(activityOf(ctx, group));
    return { Data: { MessageModel: clustering, ConnectionList: { ConnectionDo: connections } } };
  },
});
