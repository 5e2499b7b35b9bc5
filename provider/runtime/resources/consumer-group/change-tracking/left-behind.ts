import type { Session } from "../../../host/session.ts";
import type { ObservedGroup } from "../../../observe/tracking-groups.ts";
import type { Begun, CreateKey } from "../../../ownership/unfinished.ts";
import type { GroupInputs } from "./inputs.ts";

/** Under which a create of this group is remembered beyond the run. */
export function createKey(session: Session, inputs: GroupInputs): CreateKey {
  return {
    urn: session.memory.urnOf("ConsumerGroup", inputs),
    address: session.settings.endpointOf("dts", inputs.region).address,
    region: inputs.region,
    within: inputs.instance,
  };
}

/**
 * True when the group is what an earlier run of this very resource was making when it was cut off. Its id tells for
 * certain. Where not even the id came back, nobody had the name before that run asked for it, with this account.
 */
export function isLeftBehind(left: Begun | undefined, found: ObservedGroup): boolean {
  if (left === undefined) return false;
  if (left.id !== undefined) return left.id === found.id;
  return left.facts.name === found.name && left.facts.account === found.account;
}
