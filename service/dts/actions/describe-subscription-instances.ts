import { describeSubscriptionInstances as published } from "../../../contract/dts/subscriptions.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { dtsStore } from "../store.ts";
import { pageOf } from "../views/page.ts";
import { subscriptionInstanceFields } from "../views/subscription.ts";
import { utcText } from "../views/time.ts";

export const describeSubscriptionInstances = defineAction(published, (ctx, input) => {
  const store = dtsStore(ctx.store);
  const found = store
    .jobs()
    .map((job) => ({ job, tags: store.tags(job.instanceId) }))
    .filter(({ job, tags }) => {
      if (input.RegionId !== undefined && job.region !== input.RegionId) return false;
      if (input.SubscriptionInstanceName !== undefined && job.name !== input.SubscriptionInstanceName)
        return false;
      return hasTags(tags, input.Tag);
    });
  const { shown, page } = pageOf(found, input.PageNum, input.PageSize);
  return {
    ...page,
    SubscriptionInstances: {
      SubscriptionInstance: shown.map(({ job, tags }) => ({
        ...subscriptionInstanceFields(ctx, job),
        InstanceCreateTime: utcText(job.createdAtMs),
        JobCreateTime: utcText(job.createdAtMs),
        Tags: { Tag: tags.map((tag) => ({ Key: tag.key, Value: tag.value })) },
      })),
    },
  };
});
