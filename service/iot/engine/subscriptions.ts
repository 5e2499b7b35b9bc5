import { GATEWAY_ERRORS, IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { SubscriptionRequest } from "../../../contract/iot/params.ts";
import {
  DEFAULT_GROUP_ID,
  MESSAGE_TYPES,
  type MessageFlag,
  type MessageType,
} from "../../../contract/limits/iot.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Product, Subscription, SubscriptionType } from "../entities.ts";
import { iotStore } from "../store.ts";
import { groupOf } from "./groups.ts";
import type { PlaceInput } from "./place.ts";

const GATEWAY = 1;

export function subscriptionOf(ctx: CallContext, product: Product, type: SubscriptionType): Subscription {
  const found = iotStore(ctx.store).subscription(product.productKey, type);
  if (found) return found;
  throw serviceError(IOT_ERRORS.SubscriptionNotExisted, {
    parameter: "ProductKey",
    detail: `${product.name} (${product.productKey}) has none of type ${type}.`,
  });
}

/** A group of the product's own instance and region; no other can get its messages. */
export function groupBeside(
  ctx: CallContext,
  input: PlaceInput,
  product: Product,
  groupId: string,
  parameter: string,
): void {
  const group = groupOf(ctx, input, groupId, parameter);
  if (groupId === DEFAULT_GROUP_ID || group.region === product.region) return;
  throw serviceError(IOT_ERRORS.GroupNotExisted, {
    parameter,
    detail: `${groupId} is in ${group.region}, ${product.productKey} in ${product.region}.`,
  });
}

/**
 * What a request makes of a subscription: message types that are not sent are off, groups and JSON that are not sent
 * are those of `present`.
 */
export function subscriptionFrom(
  ctx: CallContext,
  product: Product,
  request: SubscriptionRequest,
  present: Subscription | undefined,
): Subscription {
  const { ProductKey: productKey, Type: type, ConsumerGroupIds: given = [] } = request;
  const flags = (Object.values(MESSAGE_TYPES) as MessageTypeOf[])
    .filter(({ flag }) => request[flag] === true)
    .filter((messages) => takesEffect(product, type, messages))
    .map(({ flag }) => flag);
  const subscribeFlags = request.SubscribeFlags ?? present?.subscribeFlags;
  const common = { productKey, type, flags, subscribeFlags };
  if (type === "MNS") {
    const mnsConfiguration = request.MnsConfiguration ?? present?.mnsConfiguration;
    if (mnsConfiguration === undefined)
      throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "MnsConfiguration" });
    return { ...common, groupIds: [], mnsConfiguration };
  }
  const groupIds = [...new Set(given.length > 0 ? given : present?.groupIds)];
  if (groupIds.length === 0) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "ConsumerGroupIds" });
  for (const groupId of given) groupBeside(ctx, request, product, groupId, "ConsumerGroupIds");
  return { ...common, groupIds };
}

type MessageTypeOf = MessageType & { readonly flag: MessageFlag };

/** A message type that the product or the kind of subscription does not have is taken and stays off, as published. */
function takesEffect(product: Product, type: SubscriptionType, messages: MessageType): boolean {
  return (!messages.amqpOnly || type === "AMQP") && (!messages.gatewayOnly || product.nodeType === GATEWAY);
}
