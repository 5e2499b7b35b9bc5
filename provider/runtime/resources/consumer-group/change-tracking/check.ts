import { type Declared, isSameScope } from "../../../host/memory.ts";
import type { Session } from "../../../host/session.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../../resource.ts";
import { regionFailures } from "../../shared/region.ts";
import { knownString } from "../../shared/unique.ts";
import { declareGroup, duplicates, type GroupScope } from "../shared/check.ts";
import { judgeCapacity } from "./capacity.ts";

/** DTS-1 and the uniqueness of name and account, over all groups that the program has on the same instance. */
export async function checkGroup(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  inputs: Properties,
): Promise<CheckFailure[]> {
  const { self, conflicts } = declareTracking(session, identity, olds, inputs);
  // Which groups the state has is not known yet, and only the last one added is refused.
  if (self === undefined || session.isOffline) return conflicts;
  const siblings = session.memory.declared(self.kind).filter((one) => isSameScope(one, self));
  const { declared, declaredBy = [] } = identity;
  const question = { self, siblings, declared, declaredBy, region: inputs.region };
  return [...conflicts, ...(await judgeCapacity(session, question))];
}

/** Remembers the group and compares it with those that the session has seen. */
export function declareTracking(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  inputs: Properties,
): { readonly self: Declared | undefined; readonly conflicts: CheckFailure[] } {
  const scope: GroupScope = {
    kind: "changeTracking",
    scopeId: knownString(inputs.instance),
    within: "among the groups of an instance",
  };
  const ofRegion = regionFailures(identity, inputs);
  const isThere = olds.instance === inputs.instance;
  // A group whose name is not known yet takes a place all the same.
  const self = declareGroup(session, identity, scope, knownString(inputs.name) ?? identity.logicalName, {
    oldName: isThere ? knownString(olds.name) : undefined,
    account: knownString(inputs.account),
    isInState: olds.instance !== undefined && isThere,
  });
  if (self === undefined) return { self, conflicts: ofRegion };
  const twice = [...duplicates(session, self, scope, "name"), ...duplicates(session, self, scope, "account")];
  return { self, conflicts: [...ofRegion, ...twice] };
}
