/* ListInstances, version 2022-08-01: oldest first; `filter` is a part of id, name or remark. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags, matches, pageOf, pageParams, tagsParam, words } from "../params.ts";
import { rocketmqStore } from "../store.ts";
import { listedInstance } from "../views/instance.ts";

export const listInstances = defineAction({
  name: "ListInstances",
  kind: "read",
  summary: "Lists instances, by name, tags, edition or resource group.",
  partial: "no releaseTime: what is released is not listed",
  route: { method: "GET", path: "/instances" },
  request: z.object({
    regionId: optional(text()),
    filter: optional(text()),
    resourceGroupId: optional(text()),
    seriesCodes: optional(words()),
    storageSecretKey: optional(text()),
    tags: optional(tagsParam(0)),
    ...pageParams({ default: 10, min: 10, max: 200 }),
  }),
  handler(ctx, input) {
    const store = rocketmqStore(ctx.store);
    const found = store.instances().filter((instance) => {
      if (input.regionId !== undefined && instance.region !== input.regionId) return false;
      if (input.resourceGroupId !== undefined && instance.resourceGroupId !== input.resourceGroupId)
        return false;
      if (input.seriesCodes?.length && !input.seriesCodes.includes(instance.seriesCode)) return false;
      if (
        input.storageSecretKey !== undefined &&
        instance.product.storageSecretKey !== input.storageSecretKey
      ) {
        return false;
      }
      if (!hasTags(store.tags(instance.instanceId), input.tags ?? [])) return false;
      return matches(input.filter, instance.instanceId, instance.name, instance.remark);
    });
    return { data: pageOf(found, input, (instance) => listedInstance(ctx, instance)) };
  },
});
