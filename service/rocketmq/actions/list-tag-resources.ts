import { listTagResources as published } from "../../../contract/rocketmq/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { accountNumber } from "../../core/settings/service-options.ts";
import { rocketmqStore } from "../store.ts";

const PAGE_SIZE = 50;

export const listTagResources = defineAction(published, (ctx, input) => {
  const from = Number(input.nextToken ?? 0);
  const store = rocketmqStore(ctx.store);
  const rows = store.instances().flatMap(({ instanceId, region, resourceGroupId }) => {
    if (input.regionId !== undefined && region !== input.regionId) return [];
    if (input.resourceGroupId !== undefined && resourceGroupId !== input.resourceGroupId) return [];
    if (input.resourceId?.length && !input.resourceId.includes(instanceId)) return [];
    const tags = store.tags(instanceId);
    return hasTags(tags, input.tag) ? tags : [];
  });
  const end = from + PAGE_SIZE;
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
});
