import { onsConsumerAccumulate as published } from "../../../contract/ons/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { figuresView } from "../views/activity.ts";

export const onsConsumerAccumulate = defineAction(published, (ctx, input) => {
  const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
  return { Data: figuresView(activityOf(ctx, group), input.Detail) };
});
