import type { Declared } from "../../../host/memory.ts";
import { isSameScope } from "../../../host/memory.ts";
import type { Session } from "../../../host/session.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../../resource.ts";
import { knownString, notUniqueFailures, notUniqueMessage } from "../../shared/unique.ts";
import { judgeCapacity } from "./capacity.ts";
import { diffGroup } from "./diff.ts";

/** DTS-1 and the uniqueness of name and account, over all groups that the program has on the same instance. */
export async function checkGroup(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  inputs: Properties,
): Promise<CheckFailure[]> {
  if (olds.platform === inputs.platform) warnOfReplacement(session, identity, olds, inputs);
  const self = declaredOf(identity, olds, inputs);
  if (self === undefined) return [];
  session.memory.declare(self);
  const siblings = session.memory.declared(self.kind).filter((one) => isSameScope(one, self));
  const others = siblings.filter((one) => one.self !== self.self);
  const { declared, declaredBy = [] } = identity;
  // Which groups the state has is not known yet, and only the last one added is refused.
  const capacity = session.isOffline
    ? []
    : await judgeCapacity(session, { self, siblings, declared, declaredBy, region: inputs.region });
  return [...duplicateFailures(self, others), ...capacity];
}

/** Undefined while it is not known where, or as whom, the resource has to be counted. */
function declaredOf(identity: KnownIdentity, olds: Properties, inputs: Properties): Declared | undefined {
  const scopeId = knownString(inputs.instance);
  const name = knownString(inputs.name) ?? identity.logicalName;
  if (identity.self === undefined || name === undefined) return undefined;
  if (scopeId === undefined && identity.scope === undefined) return undefined;
  return {
    kind: "changeTracking",
    self: identity.self,
    scopeUrn: identity.scope,
    scopeId,
    name,
    oldName: olds.instance === inputs.instance ? knownString(olds.name) : undefined,
    account: knownString(inputs.account),
    isInState: olds.instance !== undefined && olds.instance === inputs.instance,
    ...(identity.said === undefined ? {} : { said: identity.said }),
  };
}

function duplicateFailures(self: Declared, others: readonly Declared[]): CheckFailure[] {
  const sameName = others.find((one) => one.name === self.name);
  const sameAccount = others.find((one) => one.account !== undefined && one.account === self.account);
  const within = "among the groups of an instance";
  return [
    ...notUniqueFailures("name", self, sameName, (other) =>
      notUniqueMessage("name", within, self.name, other),
    ),
    ...notUniqueFailures("account", self, sameAccount, (other) =>
      notUniqueMessage("account", within, self.account, other),
    ),
  ];
}

/** A diff has no URN and may not warn; the check before it knows the same. */
function warnOfReplacement(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  inputs: Properties,
): void {
  if (identity.self === undefined) return;
  const { replaces } = diffGroup(olds, inputs);
  if (replaces.length === 0 || !session.memory.isNew(`replace ${identity.self}`)) return;
  session.log.warn(
    `The change of ${replaces.join(", ")} replaces this consumer group, and the new one starts without an offset: ` +
      "what has been read is forgotten. Note the position (status.checkpoint) if readers must go on from there.",
    identity.self,
  );
}
