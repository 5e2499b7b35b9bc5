/* DescribeSubscriptionInstances, version 2020-01-01, older family: lists instances, by PageNum of 30, 50 or 100. */
import { z } from "zod";
import { commonParams, pageParams } from "../../../contract/dts/params.ts";
import { list, optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { dtsStore } from "../store.ts";
import { subscriptionInstanceFields } from "../views/subscription.ts";
import { utcText } from "../views/time.ts";

const page = pageParams({ default: 30, oneOf: [30, 50, 100] });
const tagParam = z.object({ Key: text(), Value: z.optional(textOrEmpty()) });

export const describeSubscriptionInstances = defineAction({
  name: "DescribeSubscriptionInstances",
  kind: "read",
  summary: "Older family: lists instances.",
  request: z.object({
    ...commonParams,
    SubscriptionInstanceName: optional(text()),
    Tag: optional(list(tagParam, { max: 20 })),
    PageNum: page.number,
    PageSize: page.size,
  }),
  handler(ctx, input) {
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
  },
});
