import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { deleteConsumerGroup as published } from "../../../contract/iot/groups.ts";
import { namesListed } from "../../../contract/limits/message.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf, refuseDefault } from "../engine/groups.ts";
import { iotStore } from "../store.ts";

/**
 * Data forwarding rules do not hold a group (IOT-9): they stay, and what they forward to it has no receiver any
 * more.
 */
export const deleteConsumerGroup = defineAction(published, (ctx, input) => {
  refuseDefault(input.GroupId, "GroupId");
  ctx.store.transaction(() => {
    const { groupId } = groupOf(ctx, input, input.GroupId);
    const store = iotStore(ctx.store);
    const products = store.subscribedProducts(groupId);
    if (products.length > 0) {
      throw serviceError(IOT_ERRORS.GroupHasSubscriptions, {
        detail: subscribedText(products),
        rule: "IOT-5",
      });
    }
    store.deleteGroup(groupId);
  });
  return {};
});

function subscribedText(products: readonly { productKey: string; name: string }[]): string {
  const names = products.map(({ productKey, name }) => `${name} (${productKey})`);
  const remedy =
    "Take the group off each with DeleteConsumerGroupSubscribeRelation; where it is the only group, change the subscription or delete it.";
  return `Subscribed products: ${namesListed(names)}. ${remedy}`;
}
