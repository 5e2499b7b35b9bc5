import { containsUnknown } from "../../../../schema/unknown.ts";
import type { Session } from "../../../host/session.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../../resource.ts";
import { knownString } from "../../shared/unique.ts";
import { declareGroup, duplicates, type GroupScope } from "../shared/check.ts";

/** Names are unique in an instance. Which products the group wants is remembered for the groups that leave them. */
export async function checkGroup(
  session: Session,
  identity: KnownIdentity,
  _olds: Properties,
  inputs: Properties,
): Promise<CheckFailure[]> {
  return declareIotGroup(session, identity, inputs);
}

/** The same without a promise. */
export function declareIotGroup(
  session: Session,
  identity: KnownIdentity,
  inputs: Properties,
): CheckFailure[] {
  const scope = scopeOf(inputs);
  const self = declareGroup(session, identity, scope, knownString(inputs.name));
  if (self === undefined) return [];
  declareSubscriptions(session, self.self, self.name, inputs.subscriptions);
  return duplicates(session, self, scope);
}

function scopeOf(inputs: Properties): GroupScope {
  const region = knownString(inputs.region);
  const isKnown = region !== undefined && !containsUnknown(inputs.iotInstanceId);
  return {
    kind: "iot",
    scopeId: isKnown ? `${region} ${inputs.iotInstanceId ?? "public"}` : undefined,
    within: "among the groups of an IoT instance",
  };
}

function declareSubscriptions(session: Session, self: string, name: string, subscriptions: unknown): void {
  if (!Array.isArray(subscriptions)) return;
  for (const one of subscriptions) {
    const productKey = knownString((one as Properties | null)?.productKey);
    if (productKey === undefined) continue;
    session.memory.declare({
      kind: "iotSubscription",
      self: `${self} ${productKey}`,
      scopeUrn: undefined,
      scopeId: productKey,
      name,
      oldName: undefined,
      account: undefined,
    });
  }
}
