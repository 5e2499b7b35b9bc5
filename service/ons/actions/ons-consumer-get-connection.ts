import { onsConsumerGetConnection as published } from "../../../contract/ons/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { CLUSTERING, connectionViews } from "../views/activity.ts";

export const onsConsumerGetConnection = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
  const connections = connectionViews(activityOf(ctx, group));
  return { Data: { MessageModel: CLUSTERING, ConnectionList: { ConnectionDo: connections } } };
});
