import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { DEFAULT_GROUP_ID, defaultGroupRefusal } from "../../../contract/limits/iot.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group, Place } from "../entities.ts";
import { iotStore } from "../store.ts";
import { newGroupId } from "./ids.ts";
import { isAt, type PlaceInput, placeOf } from "./place.ts";

/** Products that a refused delete names; of more, the number. */
const productsNamedMax = 100;

/** The group that every instance has. It is in no table, so nothing can take it away. */
export function defaultGroup(kernel: Kernel, place: Place): Group {
  const instance = iotStore(kernel.store).instance(place.instanceId);
  return {
    ...place,
    groupId: DEFAULT_GROUP_ID,
    name: DEFAULT_GROUP_ID,
    createdAtMs: instance?.createdAtMs ?? 0,
  };
}

/** The group that a call names. */
export function groupOf(ctx: CallContext, input: PlaceInput, groupId: string, parameter = "GroupId"): Group {
  const place = placeOf(ctx, input);
  if (groupId === DEFAULT_GROUP_ID) return defaultGroup(ctx, place);
  const group = iotStore(ctx.store).group(groupId);
  if (group && isAt(group, place, input)) return group;
  throw serviceError(IOT_ERRORS.GroupNotExisted, { parameter, detail: `Asked for ${groupId}.` });
}

/** Of two callers with one name exactly one wins. */
export function createGroup(kernel: Kernel, place: Place, name: string): Group {
  refuseDefault(name, "GroupName");
  const store = iotStore(kernel.store);
  return kernel.store.transaction(() => {
    refuseTaken(kernel, place, name, "");
    const group: Group = {
      ...place,
      groupId: newGroupId(kernel.random),
      name,
      createdAtMs: kernel.clock.now(),
    };
    store.insertGroup(group);
    return group;
  });
}

export function renameGroup(ctx: CallContext, input: PlaceInput, groupId: string, name: string): void {
  refuseDefault(groupId, "GroupId");
  refuseDefault(name, "NewGroupName");
  ctx.store.transaction(() => {
    const group = groupOf(ctx, input, groupId);
    refuseTaken(ctx, group, name, groupId);
    iotStore(ctx.store).renameGroup(groupId, name);
  });
}

/**
 * Deletes a group that nothing subscribes to (IOT-4, IOT-5). Data forwarding rules do not hold it (IOT-9):
 * they stay, and what they forward to it has no receiver any more.
 */
export function deleteGroup(ctx: CallContext, input: PlaceInput, groupId: string): void {
  refuseDefault(groupId, "GroupId");
  ctx.store.transaction(() => {
    groupOf(ctx, input, groupId);
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
}

function subscribedText(products: readonly { productKey: string; name: string }[]): string {
  const named = products.slice(0, productsNamedMax).map(({ productKey, name }) => `${name} (${productKey})`);
  const more = products.length > named.length ? ` and ${products.length - named.length} more` : "";
  const first = `Subscribed products: ${named.join(", ")}${more}.`;
  const remedy =
    "Take the group off each with DeleteConsumerGroupSubscribeRelation; where it is the only group, change the subscription or delete it.";
  return `${first} ${remedy}`;
}

function refuseDefault(idOrName: string, parameter: string): void {
  const refusal = defaultGroupRefusal(idOrName);
  if (refusal === undefined) return;
  const { text, rule } = refusal;
  throw serviceError(IOT_ERRORS.DefaultGroup, { parameter, detail: `${parameter} ${text}`, rule });
}

function refuseTaken(kernel: Kernel, place: Place, name: string, exceptGroupId: string): void {
  const other = iotStore(kernel.store).groupNamed(place, name);
  if (!other || other.groupId === exceptGroupId) return;
  throw serviceError(IOT_ERRORS.GroupNameExisted, {
    parameter: "GroupName",
    detail: `${other.groupId} has the name ${JSON.stringify(name)}.`,
  });
}
