/*
 * DescribeConsumerChannel, version 2020-01-01: lists a task's consumer groups.
 * The list is there even when it is empty. Not done: ParentChannelId, which distributed tasks have.
 */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf, jobParams, pageParams } from "../params.ts";
import { dtsStore } from "../store.ts";
import { groupFields } from "../views/group.ts";

const page = pageParams({ default: 20 });

export const describeConsumerChannel = defineAction({
  name: "DescribeConsumerChannel",
  kind: "read",
  summary: "Lists a task's consumer groups.",
  request: z.object({ ...jobParams, PageNumber: page.number, PageSize: page.size }),
  handler(ctx, input) {
    const { jobId } = jobOf(ctx, input);
    const store = dtsStore(ctx.store);
    const groups = store.groups(jobId, input.PageSize, (input.PageNumber - 1) * input.PageSize);
    return {
      ConsumerChannels: groups.map((group) => ({
        ConsumerGroupId: group.groupId,
        ...groupFields(ctx, group),
      })),
      PageNumber: input.PageNumber,
      PageRecordCount: groups.length,
      TotalRecordCount: store.countGroups(jobId),
    };
  },
});
