import { listInstances as published } from "../../../contract/rocketmq/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { matches, pageOf } from "../lists.ts";
import { rocketmqStore } from "../store.ts";
import { listedInstance } from "../views/instance.ts";

export const listInstances = defineAction(published, (ctx, input) => {
  const store = rocketmqStore(ctx.store);
  const found = store.instances().filter((instance) => {
    if (input.regionId !== undefined && instance.region !== input.regionId) return false;
    if (input.resourceGroupId !== undefined && instance.resourceGroupId !== input.resourceGroupId)
      return false;
    if (input.seriesCodes?.length && !input.seriesCodes.includes(instance.seriesCode)) return false;
    const key = instance.product.storageSecretKey;
    if (input.storageSecretKey !== undefined && key !== input.storageSecretKey) return false;
    if (!matches(input.filter, instance.instanceId, instance.name, instance.remark)) return false;
    return !input.tags?.length || hasTags(store.tags(instance.instanceId), input.tags);
  });
  return { data: pageOf(found, input, (instance) => listedInstance(ctx, instance)) };
});
