import { IotApi, type IotPlace } from "../../../api/iot.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { type GroupInputs, groupInputs, type StateOutputs } from "./inputs.ts";

/** What the steps on one group share. */
export interface GroupContext {
  readonly session: Session;
  readonly api: IotApi;
  readonly place: IotPlace;
  readonly inputs: GroupInputs & StateOutputs;
  /** URN of the resource, for messages; undefined where it is not known. */
  readonly urn: string | undefined;
  /** Products whose subscription this resource has made. */
  readonly made: Set<string>;
  /** Products whose subscription another group of the program has made, in a run that this one joined it in. */
  readonly shared: Set<string>;
}

export function contextOf(session: Session, props: Properties): GroupContext {
  const inputs = groupInputs(session, props);
  const place = { region: inputs.region, iotInstanceId: inputs.iotInstanceId };
  return {
    session,
    api: new IotApi(session.api, place),
    place,
    inputs,
    urn: session.memory.urnOf("ConsumerGroup", props),
    made: new Set(inputs.madeSubscriptions ?? []),
    shared: new Set(inputs.sharedSubscriptions ?? []),
  };
}

/** As messages name the instance. */
export function placeText({ region, iotInstanceId }: IotPlace): string {
  return iotInstanceId === undefined
    ? `the public IoT instance of ${region}`
    : `IoT instance ${iotInstanceId} in ${region}`;
}

/**
 * A subscription that a group of this program has made belongs to the program: the groups that have joined it in
 * the same run, or are deleted in the same run as its maker, may delete it as well.
 */
export function belongsToProgram(context: GroupContext, productKey: string): boolean {
  return (
    context.made.has(productKey) ||
    context.shared.has(productKey) ||
    context.session.memory.isHeld(heldKey(context, productKey))
  );
}

/** Groups that join in this run learn which subscriptions the program has made in earlier ones. */
export function recallMade(session: Session, olds: Properties): void {
  const context = contextOf(session, olds);
  for (const productKey of [...context.made, ...context.shared]) passOn(context, productKey);
}

/** Subscriptions of the group that others of the program have made, as far as this run knows. */
export function noteShared(context: GroupContext, productKeys: readonly string[]): void {
  for (const productKey of productKeys) {
    if (!context.made.has(productKey) && belongsToProgram(context, productKey))
      context.shared.add(productKey);
  }
}

export function passOn(context: GroupContext, productKey: string): void {
  context.session.memory.hold(heldKey(context, productKey));
}

/** Changes to one product's subscription happen one after the other within a run. */
export function onProduct<T>(
  context: GroupContext,
  productKey: string,
  change: () => Promise<T>,
): Promise<T> {
  return context.session.memory.exclusively(`iot product ${context.place.region} ${productKey}`, change);
}

function heldKey({ place }: GroupContext, productKey: string): string {
  return `iot subscription ${place.region} ${productKey}`;
}
