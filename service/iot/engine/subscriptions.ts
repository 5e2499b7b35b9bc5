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
import { productOf } from "./products.ts";

const gateway = 1;

export function createSubscription(ctx: CallContext, wish: SubscriptionRequest): void {
  ctx.store.transaction(() => {
    const product = productOf(ctx, wish, wish.ProductKey);
    const store = iotStore(ctx.store);
    if (store.subscription(wish.ProductKey, wish.Type)) {
      throw serviceError(IOT_ERRORS.SubscriptionExists, {
        detail: `${product.name} (${wish.ProductKey}) has one of type ${wish.Type}; change it with UpdateSubscribeRelation.`,
      });
    }
    store.putSubscription(wished(ctx, product, wish, undefined));
  });
}

/** Message types that are not sent are off afterwards; groups and texts that are not sent stay. */
export function updateSubscription(ctx: CallContext, wish: SubscriptionRequest): void {
  ctx.store.transaction(() => {
    const product = productOf(ctx, wish, wish.ProductKey);
    const present = subscriptionOf(ctx, product, wish.Type);
    iotStore(ctx.store).putSubscription(wished(ctx, product, wish, present));
  });
}

export function deleteSubscription(
  ctx: CallContext,
  which: PlaceInput & Pick<SubscriptionRequest, "ProductKey" | "Type">,
): void {
  ctx.store.transaction(() => {
    subscriptionOf(ctx, productOf(ctx, which, which.ProductKey), which.Type);
    iotStore(ctx.store).deleteSubscription(which.ProductKey, which.Type);
  });
}

/** Adds a group to the product's AMQP subscription. */
export function addGroup(ctx: CallContext, input: PlaceInput, productKey: string, groupId: string): void {
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, productKey);
    const present = subscriptionOf(ctx, product, "AMQP");
    groupBeside(ctx, input, product, groupId, "ConsumerGroupId");
    if (present.groupIds.includes(groupId)) {
      throw serviceError(IOT_ERRORS.SubscriptionExists, {
        parameter: "ConsumerGroupId",
        detail: `${groupId} is in the subscription of ${product.name} (${productKey}) already.`,
      });
    }
    iotStore(ctx.store).putSubscription({ ...present, groupIds: [...present.groupIds, groupId] });
  });
}

/** Takes a group off the product's AMQP subscription, unless it is the last one (IOT-6). */
export function removeGroup(ctx: CallContext, input: PlaceInput, productKey: string, groupId: string): void {
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, productKey);
    const present = subscriptionOf(ctx, product, "AMQP");
    groupOf(ctx, input, groupId, "ConsumerGroupId");
    if (!present.groupIds.includes(groupId)) {
      throw serviceError(IOT_ERRORS.SubscriptionNotExisted, {
        parameter: "ConsumerGroupId",
        detail: `${groupId} is not in the subscription of ${product.name} (${productKey}).`,
      });
    }
    if (present.groupIds.length === 1) {
      throw serviceError(IOT_ERRORS.OnlyOneGroup, {
        parameter: "ConsumerGroupId",
        detail: `Change the groups of ${product.name} (${productKey}) with UpdateSubscribeRelation, or delete the subscription with DeleteSubscribeRelation.`,
        rule: "IOT-6",
      });
    }
    const groupIds = present.groupIds.filter((id) => id !== groupId);
    iotStore(ctx.store).putSubscription({ ...present, groupIds });
  });
}

export function subscriptionOf(ctx: CallContext, product: Product, type: SubscriptionType): Subscription {
  const found = iotStore(ctx.store).subscription(product.productKey, type);
  if (found) return found;
  throw serviceError(IOT_ERRORS.SubscriptionNotExisted, {
    parameter: "ProductKey",
    detail: `${product.name} (${product.productKey}) has none of type ${type}.`,
  });
}

/** A group of the product's own instance and region; no other can get its messages. */
function groupBeside(
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

function wished(
  ctx: CallContext,
  product: Product,
  wish: SubscriptionRequest,
  present: Subscription | undefined,
): Subscription {
  const { ProductKey: productKey, Type: type, ConsumerGroupIds: given = [] } = wish;
  const flags = (Object.values(MESSAGE_TYPES) as MessageTypeOf[])
    .filter(({ flag }) => wish[flag] === true)
    .filter((messages) => takesEffect(product, type, messages))
    .map(({ flag }) => flag);
  const subscribeFlags = wish.SubscribeFlags ?? present?.subscribeFlags;
  const common = { productKey, type, flags, subscribeFlags };
  if (type === "MNS") {
    const mnsConfiguration = wish.MnsConfiguration ?? present?.mnsConfiguration;
    if (mnsConfiguration === undefined)
      throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "MnsConfiguration" });
    return { ...common, groupIds: [], mnsConfiguration };
  }
  const groupIds = [...new Set(given.length > 0 ? given : present?.groupIds)];
  if (groupIds.length === 0) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "ConsumerGroupIds" });
  for (const groupId of given) groupBeside(ctx, wish, product, groupId, "ConsumerGroupIds");
  return { ...common, groupIds };
}

type MessageTypeOf = MessageType & { readonly flag: MessageFlag };

/** A message type that the product or the kind of subscription does not have is taken and stays off, as published. */
function takesEffect(product: Product, type: SubscriptionType, messages: MessageType): boolean {
  return (!messages.amqpOnly || type === "AMQP") && (!messages.gatewayOnly || product.nodeType === gateway);
}
