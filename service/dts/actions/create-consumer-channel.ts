/*
 * CreateConsumerChannel, version 2020-01-01: adds a consumer group to a task.
 * Published texts: https://help.aliyun.com/document_detail/264168.html
 * Holds DTS-1 and DTS-3 to DTS-7, and DTS-11: OperationDenied.JobStatus unless the task is Normal. A name or
 * account that another group of the task has is refused.
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { createGroup } from "../engine/groups.ts";
import { groupParams, jobOf, jobParams } from "../params.ts";

export const createConsumerChannel = defineAction({
  name: "CreateConsumerChannel",
  kind: "write",
  summary: "Adds a consumer group to a task.",
  request: z.object({ ...jobParams, ...groupParams }),
  handler(ctx, input) {
    const group = createGroup(ctx, jobOf(ctx, input).jobId, {
      name: input.ConsumerGroupName,
      userName: input.ConsumerGroupUserName,
      password: input.ConsumerGroupPassword,
    });
    return { ConsumerGroupID: group.groupId };
  },
});
