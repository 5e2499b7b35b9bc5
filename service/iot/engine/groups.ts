import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { DEFAULT_GROUP_ID, defaultGroupRefusal } from "../../../contract/limits/iot.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Group, Place } from "../entities.ts";
import { iotStore } from "../store.ts";
import { newGroupId } from "./ids.ts";
import { isAt, type PlaceInput, placeOf } from "./place.ts";

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
    refuseTakenName(kernel, place, name, "");
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

/** IOT-4. */
export function refuseDefault(idOrName: string, parameter: string): void {
  const refusal = defaultGroupRefusal(idOrName);
  if (refusal === undefined) return;
  const { text, rule } = refusal;
  throw serviceError(IOT_ERRORS.DefaultGroup, { parameter, detail: `${parameter} ${text}`, rule });
}

/** A name is unique in its instance and region. */
export function refuseTakenName(kernel: Kernel, place: Place, name: string, exceptGroupId: string): void {
  const other = iotStore(kernel.store).groupNamed(place, name);
  if (!other || other.groupId === exceptGroupId) return;
  throw serviceError(IOT_ERRORS.GroupNameExisted, {
    parameter: "GroupName",
    detail: `${other.groupId} has the name ${JSON.stringify(name)}.`,
  });
}
