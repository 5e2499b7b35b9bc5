import { describeSubscriptionInstances as published } from "../../../contract/dts/subscriptions.ts";
import { serveAction } from "../../core/kit/action.ts";
import { dtsStore } from "../store.ts";
import { subscriptionInstanceFields } from "../views/subscription.ts";
import { utcText } from "../views/time.ts";

export const describeSubscriptionInstances = serveAction(published, (ctx, input) => {
  const store = dtsStore(ctx.store);
  const found = store
    .jobs()
    .map((job) => ({ job, tags: store.tags(job.instanceId) }))
    .filter(({ job, tags }) => {
      if (input.RegionId !== undefined && job.region !== input.RegionId) return false;
      if (input.SubscriptionInstanceName !== undefined && job.name !== input.SubscriptionInstanceName)
        return false;
      return (input.Tag ?? []).every(({ Key, Value }) =>
        tags.some((tag) => tag.key === Key && (Value === undefined || tag.value === Value)),
      );
    });
  const from = (input.PageNum - 1) * input.PageSize;
  const lines = found.slice(from, from + input.PageSize);
  return {
    PageNumber: input.PageNum,
    PageRecordCount: lines.length,
    SubscriptionInstances: {
      SubscriptionInstance: lines.map(({ job, tags }) => ({
        ...subscriptionInstanceFields(ctx, job),
        InstanceCreateTime: utcText(job.createdAtMs),
        JobCreateTime: utcText(job.createdAtMs),
        Tags: { Tag: tags.map((tag) => ({ Key: tag.key, Value: tag.value })) },
      })),
    },
    TotalRecordCount: found.length,
  };
});
