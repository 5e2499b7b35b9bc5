/*
 * ModifyConsumerGroupPassword, version 2020-01-01, older family. ConsumerGroupPassword is the present password
 * and must be right; the new one comes as consumerGroupNewPassword, with a small first letter. Holds DTS-6, DTS-7.
 */
import { z } from "zod";
import { groupParams, subscriptionParams } from "../../../contract/dts/params.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { invalidParameter } from "../engine/failures.ts";
import { changeGroup, groupOf } from "../engine/groups.ts";
import { subscriptionOf } from "../job-of.ts";

export const modifyConsumerGroupPassword = defineAction({
  name: "ModifyConsumerGroupPassword",
  kind: "write",
  summary: "Older family: changes a consumer group's password.",
  request: z.object({
    ...subscriptionParams,
    ConsumerGroupID: text(),
    ConsumerGroupName: optional(text()),
    ConsumerGroupUserName: optional(text()),
    ConsumerGroupPassword: text(),
    consumerGroupNewPassword: groupParams.ConsumerGroupPassword,
  }),
  handler(ctx, input) {
    const job = subscriptionOf(ctx, input);
    const group = groupOf(ctx, job, input.ConsumerGroupID);
    if (!ctx.vault.matches(input.ConsumerGroupPassword, group.passwordHash)) {
      throw invalidParameter("ConsumerGroupPassword", "It is not the group's present password.");
    }
    changeGroup(ctx, job, group.groupId, { password: input.consumerGroupNewPassword });
    return {};
  },
});
