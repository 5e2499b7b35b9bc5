import { describeConsumerChannel as published } from "../../../contract/dts/consumer-channels.ts";
import { defineAction } from "../../core/kit/action.ts";
import { jobOf } from "../job-of.ts";
import { dtsStore } from "../store.ts";
import { groupFields } from "../views/group.ts";

/** The list is there even when it is empty. */
export const describeConsumerChannel = defineAction(published, (ctx, input) => {
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
});
