/* ResetConsumeOffset, version 2022-08-01: without a client and without messages there is nothing to move, and the call succeeds. */
import { z } from "zod";
import { ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityKey } from "../engine/activity.ts";
import { groupOf, topicOf } from "../engine/find.ts";
import { groupParams, invalidParameter } from "../params.ts";
import { timeOf } from "../views/time.ts";

export const resetConsumeOffset = defineAction({
  name: "ResetConsumeOffset",
  kind: "write",
  summary: "Moves what a group has read of a topic to a time or to the end.",

  route: {
    method: "PATCH",
    path: "/instances/{instanceId}/consumerGroups/{consumerGroupId}/consumeOffsets/{topicName}",
  },
  request: z.object({
    ...groupParams,
    topicName: text(),
    resetType: text(
      z.enum(["LATEST_OFFSET", "SPECIFIED_TIME"], { error: "must be LATEST_OFFSET or SPECIFIED_TIME" }),
    ),
    resetTime: optional(text()),
  }),
  handler(ctx, input) {
    const group = groupOf(ctx, input.instanceId, input.consumerGroupId);
    topicOf(ctx, input.instanceId, input.topicName);
    const toMs = input.resetType === "LATEST_OFFSET" ? undefined : wantedTime(input.resetTime);
    ctx.ports.find("offsets")?.reset("rocketmq", activityKey(group), input.topicName, toMs);
    return {};
  },
});

function wantedTime(text: string | undefined): number {
  const parameter = "resetTime";
  if (text === undefined) {
    throw serviceError(ROCKETMQ_ERRORS.MissingParameter, { parameter, dynamicMessage: parameter });
  }
  const ms = timeOf(text);
  if (ms === undefined) throw invalidParameter(parameter, "resetTime must be a time as yyyy-MM-dd HH:mm:ss.");
  return ms;
}
