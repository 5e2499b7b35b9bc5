import type { Declared } from "../../../host/memory.ts";
import { isSameScope } from "../../../host/memory.ts";
import type { Session } from "../../../host/session.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../../resource.ts";
import { knownString, notUniqueFailures, notUniqueMessage } from "../../shared/unique.ts";

/** What a group is counted within, and under which kind. */
export interface GroupScope {
  readonly kind: string;
  /** Undefined while it is not known. */
  readonly scopeId: string | undefined;
  /** As in `must be unique among the groups of an instance`. */
  readonly within: string;
  /** Id of the rule that says so, where there is one. */
  readonly rule?: string;
}

/** Remembers the group; undefined while it is not known where, or as whom, it has to be counted. */
export function declareGroup(
  session: Session,
  identity: KnownIdentity,
  inputs: Properties,
  { kind, scopeId }: GroupScope,
): Declared | undefined {
  const name = knownString(inputs.name);
  if (identity.self === undefined || name === undefined) return undefined;
  if (scopeId === undefined && identity.scope === undefined) return undefined;
  const declared = {
    kind,
    self: identity.self,
    scopeUrn: identity.scope,
    scopeId,
    name,
    oldName: undefined,
    account: undefined,
    ...(identity.said === undefined ? {} : { said: identity.said }),
  };
  session.memory.declare(declared);
  return declared;
}

/** Refuses a name that another group of the program has in the same scope. */
export function duplicateName(session: Session, self: Declared, scope: GroupScope): CheckFailure[] {
  const other = session.memory
    .declared(self.kind)
    .find((one) => one.self !== self.self && one.name === self.name && isSameScope(one, self));
  return notUniqueFailures(
    "name",
    self,
    other,
    (one) => notUniqueMessage("name", scope.within, self.name, one),
    scope.rule,
  );
}

/** A diff has no URN and may not warn; the check before it knows the same. */
export function warnOfReplacement(
  session: Session,
  identity: KnownIdentity,
  replaces: readonly string[],
): void {
  if (identity.self === undefined || replaces.length === 0) return;
  if (!session.memory.isNew(`replace ${identity.self}`)) return;
  session.log.warn(
    `The change of ${replaces.join(", ")} replaces this consumer group, and the new one starts without an offset: ` +
      "what has been read is forgotten.",
    identity.self,
  );
}
