import type { Kernel } from "../../core/kit/kernel.ts";
import { iotStore } from "../store.ts";

const GROUPS_SHOWN_MAX = 200;

/** Counts, and for each group what feeds it: subscribed products and data forwarding rules. */
export function roomStatus(kernel: Kernel) {
  const store = iotStore(kernel.store);
  return {
    instances: store.instances().flatMap(({ instanceId }) => (instanceId === "" ? [] : [instanceId])),
    products: store.countOf("products"),
    groups: store.countOf("groups"),
    subscriptions: store.countOf("subscriptions"),
    rules: store.countOf("rules"),
    fedBy: store.allGroups(GROUPS_SHOWN_MAX).map(({ groupId, name, instanceId, region }) => ({
      groupId,
      name,
      instanceId,
      region,
      products: store.subscribedProducts(groupId).map((product) => product.productKey),
      rules: store.rulesFeeding(groupId),
    })),
  };
}
