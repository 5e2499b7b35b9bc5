import { withRule } from "../../../../../contract/validation/refusal.ts";
import { OnsApi } from "../../../api/ons.ts";
import { askOrWarn } from "../../../host/ask.ts";
import type { Declared } from "../../../host/memory.ts";
import type { Session } from "../../../host/session.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../../resource.ts";
import { knownString, notUniqueFailures, notUniqueMessage } from "../../shared/unique.ts";
import { declareGroup, duplicates, type GroupScope } from "../shared/check.ts";

/**
 * RMQ-1: a name is unique in its instance; on 4.x without namespace over all such instances, and no topic has it. What
 * the service must be asked for is left out when it cannot be.
 */
export async function checkGroup(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  inputs: Properties,
): Promise<CheckFailure[]> {
  if (olds.platform === inputs.platform) warnOfOrder(session, identity, olds, inputs);
  const { self, scope, conflicts } = declareQueueGroup(session, identity, inputs);
  if (self === undefined || conflicts.length > 0 || inputs.version !== "4.x") return conflicts;
  if (session.isOffline) return [];
  return judge4(session, self, scope, inputs, olds.name !== inputs.name);
}

/** Remembers the group and compares it with those that the session has seen. */
export function declareQueueGroup(
  session: Session,
  identity: KnownIdentity,
  inputs: Properties,
): {
  readonly self: Declared | undefined;
  readonly scope: GroupScope;
  readonly conflicts: CheckFailure[];
} {
  const scope: GroupScope = {
    kind: `rocketmq ${knownString(inputs.version)} ${knownString(inputs.region)}`,
    scopeId: knownString(inputs.instance),
    within: "among the groups of an instance",
    rule: "RMQ-1",
  };
  const self = declareGroup(session, identity, scope, knownString(inputs.name));
  return { self, scope, conflicts: self === undefined ? [] : duplicates(session, self, scope) };
}

async function judge4(
  session: Session,
  self: Declared,
  scope: GroupScope,
  inputs: Properties,
  isNew: boolean,
): Promise<CheckFailure[]> {
  const region = knownString(inputs.region);
  const instance = self.scopeId;
  if (region === undefined || instance === undefined) return [];
  const others = session.memory
    .declared(self.kind)
    .filter((one) => one.self !== self.self && one.name === self.name && one.scopeId !== undefined);
  if (others.length > 0 && (await lacksNamespace(session, region, instance, self.self))) {
    const within = "over all 4.x instances without namespace";
    for (const other of others) {
      if (!(await lacksNamespace(session, region, other.scopeId ?? "", self.self))) continue;
      return notUniqueFailures(
        "name",
        self,
        other,
        (one) => notUniqueMessage("name", within, self.name, one),
        scope.rule,
      );
    }
  }
  if (!isNew || !(await isTopic(session, region, instance, self))) return [];
  const reason = `name must not be that of a topic, and ${JSON.stringify(self.name)} is a topic of ${instance}`;
  return [{ property: "name", reason, rule: "RMQ-1" }];
}

async function lacksNamespace(
  session: Session,
  region: string,
  instance: string,
  self: string,
): Promise<boolean> {
  const look = () => new OnsApi(session.api, region, instance, true).instanceInfo();
  const ask = () => session.memory.once(`ons naming ${region} ${instance}`, look, { keepFailure: true });
  return (await askOrWarn(session, "names", self, ask))?.answer?.IndependentNaming === false;
}

async function isTopic(session: Session, region: string, instance: string, self: Declared): Promise<boolean> {
  const asked = await askOrWarn(session, "names", self.self, async () => {
    const topics = await new OnsApi(session.api, region, instance, true).topics(self.name);
    return topics.some((one) => one.Topic === self.name);
  });
  return asked?.answer === true;
}

/** The change is made in place, and its effect is not seen in the preview's lines. */
function warnOfOrder(session: Session, identity: KnownIdentity, olds: Properties, inputs: Properties): void {
  const [before, after] = [olds.deliveryOrder ?? "concurrent", inputs.deliveryOrder ?? "concurrent"];
  if (identity.self === undefined || before === after || knownString(after) === undefined) return;
  if (!session.memory.isNew(`order ${identity.self}`)) return;
  const effect =
    after === "concurrent"
      ? "messages of one message group may overtake each other from then on"
      : "order begins with the messages delivered after the change, and one that fails holds up those behind it";
  session.log.warn(
    withRule(
      `The delivery order changes from ${before} to ${after}: ${effect}. Restart the consumers: all of a group must agree.`,
      "RMQ-7",
    ),
    identity.self,
  );
}
