import { IOT_ERRORS } from "../../../../../contract/errors/index.ts";
import { ApiError, hasCode } from "../../../api/errors.ts";
import { ProviderError } from "../../../host/errors.ts";
import { isEqual } from "../../shared/equal.ts";
import { flagsOf, type KeptSubscription, wantedTypes } from "./inputs.ts";
import { forgetRelations, type Relation, relationOf } from "./observe.ts";
import { onProduct, passOn, placeText, type Work } from "./work.ts";

/** Looks at a subscription that somebody else changes at the same time. */
const TRIES_MAX = 5;

/**
 * Puts the group on the product's subscription, or makes the subscription with the declared message types. Looks
 * first and after every doubtful answer, so that it can be repeated at any point.
 */
export function subscribe(work: Work, groupId: string, wanted: KeptSubscription): Promise<void> {
  const { productKey } = wanted;
  return onProduct(work, productKey, async () => {
    forgetRelations(work.session, work.place);
    for (let tries = 1; ; tries += 1) {
      const relation = await relationOf(work.api, productKey);
      if (relation?.groupIds.includes(groupId)) return settle(work, relation, wanted);
      try {
        if (relation === undefined) await makeRelation(work, groupId, wanted);
        else await work.api.addGroup(productKey, groupId);
      } catch (error) {
        if (!isDoubtful(error) || tries >= TRIES_MAX) throw explained(work, wanted, error);
        continue;
      }
      return;
    }
  });
}

async function makeRelation(work: Work, groupId: string, wanted: KeptSubscription): Promise<void> {
  const { productKey } = wanted;
  // Remembered before the answer: if it is lost, the subscription that appears is the one asked for.
  const flags = flagsOf(wantedTypes(wanted));
  try {
    await work.api.createRelation(productKey, groupId, flags);
  } catch (error) {
    const seen = error instanceof ApiError && error.mayHaveWorked && (await relationOf(work.api, productKey));
    if (!seen || !isEqual(seen.groupIds, [groupId])) throw error;
  }
  work.made.add(productKey);
  passOn(work, productKey);
}

/** The message types of a subscription that was made here are kept as declared; all others are left alone. */
async function settle(work: Work, relation: Relation, wanted: KeptSubscription): Promise<void> {
  const types = [...wantedTypes(wanted)].sort();
  if (isEqual(types, relation.messageTypes)) return;
  if (!work.made.has(relation.productKey)) {
    const what = `the subscription of product ${relation.productKey} was not made by this group`;
    work.session.log.info(
      `${what}, so it keeps its message types ${relation.messageTypes.join(", ")}`,
      work.urn,
    );
    return;
  }
  await work.api.updateRelation(relation.productKey, relation.groupIds, flagsOf(types));
}

/** Somebody else was quicker, or nobody knows: the next look tells. */
function isDoubtful(error: unknown): boolean {
  const { SubscriptionExists, SubscriptionNotExisted } = IOT_ERRORS;
  if (hasCode(error, SubscriptionExists.code, SubscriptionNotExisted.code)) return true;
  return error instanceof ApiError && error.mayHaveWorked;
}

function explained(work: Work, { productKey }: KeptSubscription, error: unknown): unknown {
  if (!hasCode(error, IOT_ERRORS.ProductNotExisted.code)) return error;
  return new ProviderError(
    "NotFound",
    `there is no product ${productKey} on ${placeText(work.place)}; look at subscriptions and iotInstanceId, ` +
      "or make the product first (CreateProduct), then run `pulumi up` again",
    { cause: error },
  );
}
