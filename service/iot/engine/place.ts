import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { ListedPlaces, Place } from "../entities.ts";
import { iotStore } from "../store.ts";

export interface PlaceInput {
  readonly IotInstanceId?: string | undefined;
  readonly RegionId?: string | undefined;
}

/**
 * The instance and region that a call is about. Without IotInstanceId it is the public instance of the
 * region. An instance that is not known, or is in another region than the one sent, does not exist.
 */
export function placeOf(ctx: CallContext, input: PlaceInput): Place {
  const { IotInstanceId: instanceId = "", RegionId: region } = input;
  if (instanceId === "") return { instanceId, region: ctx.region };
  const instance = iotStore(ctx.store).instance(instanceId);
  if (!instance || (region !== undefined && instance.region !== region)) {
    throw serviceError(IOT_ERRORS.InstanceNotFound, {
      parameter: "IotInstanceId",
      detail: `Asked for ${instanceId} in ${region ?? ctx.region}. ${REMEDY}`,
    });
  }
  return { instanceId, region: instance.region };
}

/** Where a list looks: in every region's public instance when neither an instance nor a region is named. */
export function listedPlaces(ctx: CallContext, input: PlaceInput): ListedPlaces {
  const { instanceId, region } = placeOf(ctx, input);
  return { instanceId, region: instanceId === "" ? ctx.namedRegion : region };
}

const REMEDY =
  "Leave IotInstanceId out for the public instance, or name the instance in the settings (rooms.iot.instances) or in a seed.";

/** Whether a thing with a global id is where the call looks: a region counts only when it was sent. */
export function isAt(thing: Place, place: Place, input: PlaceInput): boolean {
  if (thing.instanceId !== place.instanceId) return false;
  return input.RegionId === undefined || input.RegionId === "" || thing.region === place.region;
}

/** Makes an instance with an id known; one that is there stays. */
export function keepInstance(kernel: Kernel, instanceId: string, region: string): void {
  iotStore(kernel.store).keepInstance({ instanceId, region, createdAtMs: kernel.clock.now() });
}
