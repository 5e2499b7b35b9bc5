import { IOT_ERRORS } from "../../../../../contract/errors/index.ts";
import { ApiError, hasCode } from "../../../api/errors.ts";
import { isEqual } from "../../../equal.ts";
import { ProviderError } from "../../../host/errors.ts";
import { type GroupContext, onProduct, passOn, placeText } from "./context.ts";
import { flagsOf, type StateSubscription, wantedTypes } from "./inputs.ts";
import { forgetRelations, type Relation, relationOf } from "./observe.ts";

/** Looks at a subscription that somebody else changes at the same time. */
const TRIES_MAX = 5;

/**
 * Puts the group on the product's subscription, or makes the subscription with the declared message types. Looks
 * first and after every doubtful answer, so that it can be repeated at any point.
 */
export function subscribe(context: GroupContext, groupId: string, wanted: StateSubscription): Promise<void> {
  const { productKey } = wanted;
  return onProduct(context, productKey, async () => {
    forgetRelations(context.session, context.place);
    for (let tries = 1; ; tries += 1) {
      const relation = await relationOf(context.api, productKey);
      if (relation?.groupIds.includes(groupId)) return settle(context, relation, wanted);
      try {
        if (relation === undefined) await makeRelation(context, groupId, wanted);
        else await context.api.addGroup(productKey, groupId);
      } catch (error) {
        if (!isDoubtful(error) || tries >= TRIES_MAX) throw explainRefusal(context, wanted, error);
        continue;
      }
      return;
    }
  });
}

async function makeRelation(
  context: GroupContext,
  groupId: string,
  wanted: StateSubscription,
): Promise<void> {
  const { productKey } = wanted;
  // Remembered before the answer: if it is lost, the subscription that appears is the one asked for.
  const flags = flagsOf(wantedTypes(wanted));
  try {
    await context.api.createRelation(productKey, groupId, flags);
  } catch (error) {
    const seen =
      error instanceof ApiError && error.mayHaveWorked && (await relationOf(context.api, productKey));
    if (!seen || !isEqual(seen.groupIds, [groupId])) throw error;
  }
  context.made.add(productKey);
  passOn(context, productKey);
}

/** The message types of a subscription that was made here are kept as declared; all others are left alone. */
async function settle(context: GroupContext, relation: Relation, wanted: StateSubscription): Promise<void> {
  const types = [...wantedTypes(wanted)].sort();
  if (isEqual(types, relation.messageTypes)) return;
  if (!context.made.has(relation.productKey)) {
    const what = `the subscription of product ${relation.productKey} was not made by this group`;
    context.session.log.info(
      `${what}, so it keeps its message types ${relation.messageTypes.join(", ")}`,
      context.urn,
    );
    return;
  }
  await context.api.updateRelation(relation.productKey, relation.groupIds, flagsOf(types));
}

/** Somebody else was quicker, or nobody knows: the next look tells. */
function isDoubtful(error: unknown): boolean {
  const { SubscriptionExists, SubscriptionNotExisted } = IOT_ERRORS;
  if (hasCode(error, SubscriptionExists.code, SubscriptionNotExisted.code)) return true;
  return error instanceof ApiError && error.mayHaveWorked;
}

function explainRefusal(context: GroupContext, { productKey }: StateSubscription, error: unknown): unknown {
  if (!hasCode(error, IOT_ERRORS.ProductNotExisted.code)) return error;
  return new ProviderError(
    "NotFound",
    `there is no product ${productKey} on ${placeText(context.place)}; look at subscriptions and iotInstanceId, ` +
      "or make the product first (CreateProduct), then run `pulumi up` again",
    { cause: error },
  );
}
