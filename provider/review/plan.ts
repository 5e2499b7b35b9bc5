import type { Leaving, Properties } from "../runtime/resource.ts";
import { knownString } from "../runtime/resources/shared/unique.ts";
import { type Change, oldProperties } from "./changes.ts";

/** What a plan takes away, so that it is in nobody's way: a replaced thing goes as well. */
export function leavingOf(changes: readonly Change[]): Leaving {
  const going = changes.filter((change) => isGoing(change) && !change.isKept);
  return { groups: idsOf(going, "ConsumerGroup"), tasks: idsOf(going, "InflowTask") };
}

/** Ids of the alert rules that go. */
export function leavingRules(changes: readonly Change[]): ReadonlySet<string> {
  return idsOf(changes.filter(isGoing), "AlertRule");
}

/** Whether the thing that is there now is deleted. */
export function isGoing({ op }: Pick<Change, "op">): boolean {
  return op === "delete" || op === "replace";
}

function idsOf(changes: readonly Change[], kind: Change["kind"]): ReadonlySet<string> {
  return new Set(changes.flatMap((one) => (one.kind === kind && one.id !== undefined ? [one.id] : [])));
}

/** The change tracking instance of a group, by the id that the plan knows and the resource that it is. */
export interface InstancePlace {
  readonly id: string | undefined;
  readonly urn: string | undefined;
  readonly region: string | undefined;
}

/** Undefined for a group of another platform, and for any other kind. */
export function instanceBefore(change: Change): InstancePlace | undefined {
  return isTrackingGroup(change, oldProperties(change))
    ? placeOf(oldProperties(change), change.old?.propertyDependencies?.instance)
    : undefined;
}

export function instanceAfter(change: Change): InstancePlace | undefined {
  const inputs = change.now?.inputs ?? {};
  return isTrackingGroup(change, inputs)
    ? placeOf(inputs, change.now?.propertyDependencies?.instance)
    : undefined;
}

function isTrackingGroup({ kind }: Change, { platform }: Properties): boolean {
  return kind === "ConsumerGroup" && platform === "changeTracking";
}

function placeOf(
  { instance, region }: Properties,
  urns: readonly string[] | null | undefined,
): InstancePlace {
  return {
    id: knownString(instance),
    urn: urns?.length === 1 ? urns[0] : undefined,
    region: knownString(region),
  };
}
