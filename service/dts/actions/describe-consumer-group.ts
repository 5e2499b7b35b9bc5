import { describeConsumerGroup as published } from "../../../contract/dts/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { subscriptionOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";
import { groupFields } from "../views/group.ts";

export const describeConsumerGroup = defineAction(published, (ctx, input) => {
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
});
