/*
 * DeleteConsumerChannel, version 2020-01-01: deletes a consumer group, in any state of the task, also while a
 * client is connected: no refusal is published for that.
 */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteGroup } from "../engine/groups.ts";
import { jobOf, jobParams } from "../params.ts";

export const deleteConsumerChannel = defineAction({
  name: "DeleteConsumerChannel",
  kind: "write",
  summary: "Deletes a consumer group.",
  request: z.object({ ...jobParams, ConsumerGroupId: text() }),
  handler(ctx, input) {
    deleteGroup(ctx, jobOf(ctx, input), input.ConsumerGroupId);
    return {};
  },
});
