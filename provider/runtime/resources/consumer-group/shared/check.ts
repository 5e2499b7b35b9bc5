import type { Declared } from "../../../host/memory.ts";
import { isSameScope } from "../../../host/memory.ts";
import type { Session } from "../../../host/session.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../../resource.ts";
import { notUniqueFailures, notUniqueMessage } from "../../shared/unique.ts";
import type { GroupPlatform } from "../platform.ts";

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
  { kind, scopeId }: GroupScope,
  name: string | undefined,
  more: Partial<Declared> = {},
): Declared | undefined {
  if (identity.self === undefined || name === undefined) return undefined;
  if (scopeId === undefined && identity.scope === undefined) return undefined;
  const declared: Declared = {
    kind,
    self: identity.self,
    scopeUrn: identity.scope,
    scopeId,
    name,
    oldName: undefined,
    account: undefined,
    ...(identity.said === undefined ? {} : { said: identity.said }),
    ...more,
  };
  session.memory.declare(declared);
  return declared;
}

/** Refuses a name, or an account, that another group of the program has in the same scope. */
export function duplicates(
  session: Session,
  self: Declared,
  scope: GroupScope,
  field: "name" | "account" = "name",
): CheckFailure[] {
  const value = self[field];
  const other = session.memory
    .declared(self.kind)
    .find(
      (one) =>
        value !== undefined && one[field] === value && one.self !== self.self && isSameScope(one, self),
    );
  return notUniqueFailures(
    field,
    self,
    other,
    (one) => notUniqueMessage(field, scope.within, value, one),
    scope.rule,
  );
}

/** A diff has no URN and may not warn; the check before it knows the same. */
export function warnOfReplacement(
  session: Session,
  { self }: KnownIdentity,
  platform: GroupPlatform,
  olds: Properties,
  inputs: Properties,
): void {
  if (self === undefined || olds.platform !== inputs.platform) return;
  const { replaces } = platform.diff(olds, inputs);
  if (replaces.length === 0 || !session.memory.isNew(`replace ${self}`)) return;
  const hint = platform.positionHint === undefined ? "" : ` ${platform.positionHint}`;
  session.log.warn(
    `The change of ${replaces.join(", ")} replaces this consumer group, and the new one starts without an offset: ` +
      `what has been read is forgotten.${hint}`,
    self,
  );
}
