/* ListTagResources, version 2022-08-01: nextToken only when more follows. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { accountNumber } from "../../core/settings/settings.ts";
import { hasTags, instanceType, tagsParam, words } from "../params.ts";
import { rocketmqStore } from "../store.ts";

const pageSize = 50;

export const listTagResources = defineAction({
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of instances, or the instances that have tags.",

  route: { method: "GET", path: "/resourceTag/list" },
  request: z.object({
    regionId: optional(text()),
    resourceGroupId: optional(text()),
    resourceId: optional(words({ max: 50 })),
    resourceType: instanceType,
    tag: optional(tagsParam(0)),
    nextToken: optional(text(z.string().regex(/^\d{1,9}$/, { error: "must be one that was given out" }))),
  }),
  handler(ctx, input) {
    const from = Number(input.nextToken ?? 0);
    const store = rocketmqStore(ctx.store);
    const rows = store.instances().flatMap(({ instanceId, region, resourceGroupId }) => {
      if (input.regionId !== undefined && region !== input.regionId) return [];
      if (input.resourceGroupId !== undefined && resourceGroupId !== input.resourceGroupId) return [];
      if (input.resourceId?.length && !input.resourceId.includes(instanceId)) return [];
      const tags = store.tags(instanceId);
      return hasTags(tags, input.tag ?? []) ? tags : [];
    });
    const end = from + pageSize;
    return {
      data: {
        requestId: ctx.requestId,
        ...(end < rows.length ? { nextToken: String(end) } : {}),
        tagResources: rows.slice(from, end).map((tag) => ({
          aliUid: accountNumber(ctx.settings),
          category: "custom",
          resourceId: tag.instanceId,
          resourceType: "instance",
          scope: "public",
          tagKey: tag.key,
          tagValue: tag.value,
        })),
      },
    };
  },
});
