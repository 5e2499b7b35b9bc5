/*
 * ModifyConsumerChannel, version 2020-01-01: changes what is given of a group's name, account and password,
 * in any state of the task. Holds DTS-3 to DTS-7.
 */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeGroup } from "../engine/groups.ts";
import { groupParams, jobOf, jobParams } from "../params.ts";

export const modifyConsumerChannel = defineAction({
  name: "ModifyConsumerChannel",
  kind: "write",
  summary: "Changes a consumer group's name, account or password.",
  request: z.object({
    ...jobParams,
    ConsumerGroupId: text(),
    ConsumerGroupName: optional(groupParams.ConsumerGroupName),
    ConsumerGroupUserName: optional(groupParams.ConsumerGroupUserName),
    ConsumerGroupPassword: optional(groupParams.ConsumerGroupPassword),
  }),
  handler(ctx, input) {
    changeGroup(ctx, jobOf(ctx, input), input.ConsumerGroupId, {
      name: input.ConsumerGroupName,
      userName: input.ConsumerGroupUserName,
      password: input.ConsumerGroupPassword,
    });
    return {};
  },
});
