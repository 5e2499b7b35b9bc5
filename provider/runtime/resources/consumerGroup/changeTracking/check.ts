import { isUnknown } from "../../../../../contract/resources/unknown.ts";
import type { Declared } from "../../../memory.ts";
import { isSameScope } from "../../../memory.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../../resource.ts";
import type { Session } from "../../../session.ts";
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
  const isNew = olds.instance !== inputs.instance;
  return [
    ...duplicateFailures(self, others),
    ...(await judgeCapacity(session, {
      self,
      siblings,
      isNew,
      declared: identity.declared,
      region: inputs.region,
    })),
  ];
}

/** Undefined while it is not known where, or as whom, the resource has to be counted. */
function declaredOf(identity: KnownIdentity, olds: Properties, inputs: Properties): Declared | undefined {
  const scopeId = knownText(inputs.instance);
  const name = knownText(inputs.name) ?? identity.logicalName;
  if (identity.self === undefined || name === undefined) return undefined;
  if (scopeId === undefined && identity.scope === undefined) return undefined;
  return {
    kind: "changeTracking",
    self: identity.self,
    scopeUrn: identity.scope,
    scopeId,
    name,
    oldName: olds.instance === inputs.instance ? knownText(olds.name) : undefined,
    account: knownText(inputs.account),
  };
}

function duplicateFailures(self: Declared, others: readonly Declared[]): CheckFailure[] {
  const sameName = others.find((one) => one.name === self.name);
  const sameAccount = others.find((one) => one.account !== undefined && one.account === self.account);
  const text = (field: string, value: string | undefined, other: Declared) =>
    `${field} must be unique among the groups of an instance, got "${value}" which is also that of ${logicalName(other)}`;
  return [
    ...(sameName ? [{ property: "name", reason: text("name", self.name, sameName) }] : []),
    ...(sameAccount ? [{ property: "account", reason: text("account", self.account, sameAccount) }] : []),
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

function logicalName(declared: Declared): string {
  return declared.self.split("::").at(-1) ?? declared.self;
}

function knownText(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}
