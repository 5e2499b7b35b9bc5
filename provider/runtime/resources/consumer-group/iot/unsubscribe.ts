import { IOT_ERRORS } from "../../../../../contract/errors/index.ts";
import { withRule } from "../../../../../contract/validation/refusal.ts";
import { hasCode } from "../../../api/errors.ts";
import { ProviderError } from "../../../host/errors.ts";
import { belongsToProgram, type GroupContext, onProduct, passOn } from "./context.ts";
import type { StateSubscription } from "./inputs.ts";
import { forgetRelations, type Relation, relationOf } from "./observe.ts";

/** Looks at a subscription that somebody else changes at the same time. */
const TRIES_MAX = 5;

/** What keeps the group on a subscription: it is the last one there, and nobody said that it may go with it. */
export function lastOneObstacle(
  context: GroupContext,
  groupId: string,
  relation: Relation,
  declared: StateSubscription | undefined,
): string | undefined {
  const isLast = relation.groupIds.every((id) => id === groupId);
  if (!isLast || mayDelete(context, relation.productKey, declared)) return undefined;
  const text =
    `it is the last group of the subscription of product "${relation.productName}" (${relation.productKey}), which ` +
    "was not made by this program: give the subscription another group (CreateConsumerGroupSubscribeRelation), " +
    'delete it (DeleteSubscribeRelation), or set whenLast: "deleteSubscription" for this product and run ' +
    "`pulumi up` first";
  return withRule(text, "IOT-6");
}

/**
 * Takes the group off a product's subscription; the subscription goes with its last group where that is allowed.
 * What is off already is a success.
 */
export function unsubscribe(
  context: GroupContext,
  groupId: string,
  productKey: string,
  declared: StateSubscription | undefined,
): Promise<void> {
  return onProduct(context, productKey, async () => {
    forgetRelations(context.session, context.place);
    for (let tries = 1; ; tries += 1) {
      const relation = await relationOf(context.api, productKey);
      if (!relation?.groupIds.includes(groupId)) break;
      const obstacle = lastOneObstacle(context, groupId, relation, declared);
      if (obstacle !== undefined)
        throw new ProviderError("GroupInUse", `the group stays subscribed: ${obstacle}`);
      try {
        await takeOff(context, groupId, relation);
        break;
      } catch (error) {
        const { OnlyOneGroup, SubscriptionNotExisted } = IOT_ERRORS;
        const isStale = hasCode(error, OnlyOneGroup.code, SubscriptionNotExisted.code);
        if (!isStale || tries >= TRIES_MAX) throw error;
      }
    }
    context.made.delete(productKey);
    context.shared.delete(productKey);
  });
}

async function takeOff(context: GroupContext, groupId: string, relation: Relation): Promise<void> {
  const { productKey, groupIds } = relation;
  if (groupIds.every((id) => id === groupId)) {
    await context.api.deleteRelation(productKey);
    return;
  }
  await context.api.removeGroup(productKey, groupId);
  if (belongsToProgram(context, productKey)) passOn(context, productKey);
}

function mayDelete(
  context: GroupContext,
  productKey: string,
  declared: StateSubscription | undefined,
): boolean {
  return declared?.whenLast === "deleteSubscription" || belongsToProgram(context, productKey);
}
