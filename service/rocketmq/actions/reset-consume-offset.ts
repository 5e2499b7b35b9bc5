import { resetConsumeOffset as published } from "../../../contract/rocketmq/consumers.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityKey } from "../engine/activity.ts";
import { invalidParameter, missingParameter } from "../engine/failures.ts";
import { groupOf, topicOf } from "../engine/find.ts";
import { timeOf } from "../views/time.ts";

export const resetConsumeOffset = defineAction(published, async (ctx, input) => {
  const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
  topicOf(ctx, input.instanceId, input.topicName);
  const toMs = input.resetType === "LATEST_OFFSET" ? undefined : wantedTime(input.resetTime);
  await ctx.ports.find("offsets")?.reset("rocketmq", activityKey(group), input.topicName, toMs);
  return {};
});

function wantedTime(text: string | undefined): number {
  if (text === undefined) throw missingParameter("resetTime");
  const ms = timeOf(text);
  if (ms === undefined)
    throw invalidParameter("resetTime", "resetTime must be a time as yyyy-MM-dd HH:mm:ss.");
  return ms;
}
