import { listTagResources as published } from "../../../contract/rocketmq/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { tagPage } from "../../core/kit/tags.ts";
import { accountNumber } from "../../core/settings/service-options.ts";
import { rocketmqStore } from "../store.ts";

export const listTagResources = defineAction(published, (ctx, input) => {
  const store = rocketmqStore(ctx.store);
  const instances = store.instances().filter(({ instanceId, region, resourceGroupId }) => {
    if (input.regionId !== undefined && region !== input.regionId) return false;
    if (input.resourceGroupId !== undefined && resourceGroupId !== input.resourceGroupId) return false;
    return !input.resourceId?.length || input.resourceId.includes(instanceId);
  });
  const tags = instances.map(({ instanceId }) => store.tags(instanceId));
  const { items, next } = tagPage(tags, input.tag, Number(input.nextToken ?? 0));
  return {
    data: {
      requestId: ctx.requestId,
      nextToken: next,
      tagResources: items.map((tag) => ({
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
