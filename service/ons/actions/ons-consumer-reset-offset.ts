/* OnsConsumerResetOffset, version 2019-02-14: Type 0 clears what waits, Type 1 goes to ResetTimestamp. */
import { z } from "zod";
import { integer, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityKey } from "../engine/activity.ts";
import { groupOf, instanceOf, topicOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";

export const onsConsumerResetOffset = defineAction({
  name: "OnsConsumerResetOffset",
  kind: "write",
  summary: "Moves what a group has read of a topic to a time or to the end.",

  request: z
    .object({
      ...groupParams,
      Topic: text(),
      Type: integer({ min: 0, max: 1 }),
      ResetTimestamp: optional(integer({ min: 0, max: 253_402_300_799_000 })),
    })
    .refine(({ Type, ResetTimestamp }) => Type === 0 || ResetTimestamp !== undefined, {
      path: ["ResetTimestamp"],
      error: "is required with Type 1",
    }),
  handler(ctx, input) {
    const instance = instanceOf(ctx, input.InstanceId);
    const group = groupOf(ctx, instance, input.GroupId);
    topicOf(ctx, instance, input.Topic);
    const toMs = input.Type === 0 ? undefined : input.ResetTimestamp;
    ctx.ports.find("offsets")?.reset("ons", activityKey(group), input.Topic, toMs);
    return {};
  },
});
