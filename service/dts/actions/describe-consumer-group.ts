/* DescribeConsumerGroup, version 2020-01-01, older family: lists an instance's groups, by PageNum of 30, 50 or 100. */
import { z } from "zod";
import { pageParams, subscriptionParams } from "../../../contract/dts/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { subscriptionOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";
import { groupFields } from "../views/group.ts";

const page = pageParams({ default: 30, oneOf: [30, 50, 100] });

export const describeConsumerGroup = defineAction({
  name: "DescribeConsumerGroup",
  kind: "read",
  summary: "Older family: lists an instance's consumer groups.",
  request: z.object({ ...subscriptionParams, PageNum: page.number, PageSize: page.size }),
  handler(ctx, input) {
    const { jobId } = subscriptionOf(ctx, input);
    const store = dtsStore(ctx.store);
    const groups = store.groups(jobId, input.PageSize, (input.PageNum - 1) * input.PageSize);
    return {
      ConsumerChannels: {
        DescribeConsumerChannel: groups.map((group) => ({
          ConsumerGroupID: group.groupId,
          ...groupFields(ctx, group),
        })),
      },
      PageNumber: input.PageNum,
      PageRecordCount: groups.length,
      TotalRecordCount: store.countGroups(jobId),
    };
  },
});
