import { regionRefusal } from "../../../../contract/limits/eventbridge.ts";
import { inflowTask } from "../../../schema/inflow-task.ts";
import { judge } from "../../../schema/unknown.ts";
import { type Declared, isSameScope } from "../../host/memory.ts";
import type { Session } from "../../host/session.ts";
import type { CheckFailure, CheckResult, KnownIdentity, Properties } from "../../resource.ts";
import { failuresOf, withDefaults } from "../shared/inputs.ts";
import { knownString, logicalName, notUniqueFailures, notUniqueMessage } from "../shared/unique.ts";
import { groupIdOf, judgeReader } from "./reader.ts";

/** Fills in the defaults and judges: by the contract, against the other tasks, and by a short look at the service. */
export async function checkTask(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  news: Properties,
): Promise<CheckResult> {
  const inputs = withDefaults(news, {
    name: identity.logicalName,
    region: identity.region ?? session.settings.region,
    state: "running",
  });
  const violations = failuresOf(judge(inflowTask, inputs));
  const ofRegion = regionFailures(identity, inputs);
  const self = declaredOf(identity, olds, inputs);
  const ofOthers = self === undefined ? [] : againstOthers(session, self);
  const region = knownString(inputs.region);
  const isJudged =
    !session.isOffline &&
    region !== undefined &&
    regionRefusal(region) === undefined &&
    ofRegion.length === 0;
  const seen = isJudged ? await judgeReader(session, { identity, olds, inputs, self, region }) : NOTHING_SEEN;
  const failures = [...violations, ...ofRegion, ...ofOthers, ...seen.failures].filter(
    // MQ-5: whether the offset still counts, only the service knows.
    ({ property }) => !((seen.isConsumed || session.isOffline) && property === "source.consumerOffset"),
  );
  return { inputs, failures };
}

const NOTHING_SEEN = { failures: [], isConsumed: false } as const;

/** MQ-18. */
function regionFailures({ region }: KnownIdentity, inputs: Properties): CheckFailure[] {
  const given = knownString(inputs.region);
  if (region === undefined || given === undefined || region === given) return [];
  const text = `region must be that of the change tracking instance, ${region}, got ${given}`;
  return [{ property: "region", reason: text, rule: "MQ-18" }];
}

/** Undefined while it is not known as whom the resource has to be counted. */
function declaredOf(identity: KnownIdentity, olds: Properties, inputs: Properties): Declared | undefined {
  const name = knownString(inputs.name);
  if (identity.self === undefined || name === undefined) return undefined;
  return {
    kind: "inflowTask",
    self: identity.self,
    scopeUrn: identity.scope,
    scopeId: groupIdOf(inputs),
    name,
    oldName: knownString(olds.name),
    ...(identity.said === undefined ? {} : { said: identity.said }),
    // Names are unique within a region; the account of the group has no part in it.
    account: knownString(inputs.region),
  };
}

/** DTS-2, and names that two tasks of the program have. */
function againstOthers(session: Session, self: Declared): CheckFailure[] {
  session.memory.declare(self);
  const others = session.memory.declared(self.kind).filter((one) => one.self !== self.self);
  const onGroup = others.find((one) => isSameScope(one, self));
  const named = others.find((one) => one.name === self.name && one.account === self.account);
  return [
    ...notUniqueFailures("source", self, onGroup, oneReaderMessage, "DTS-2"),
    ...notUniqueFailures("name", self, named, (other) =>
      notUniqueMessage("name", "in a region", self.name, other),
    ),
  ];
}

function oneReaderMessage(other: Declared): string {
  return (
    `source must name a consumer group that no other inflow task reads: ${logicalName(other)} reads it too. ` +
    "A group has one consumer: make another group for this task"
  );
}
