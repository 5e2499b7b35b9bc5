import { regionRefusal } from "../../../../contract/limits/eventbridge.ts";
import { inflowTask } from "../../../schema/inflow-task.ts";
import { judge } from "../../../schema/unknown.ts";
import { type Declared, isSameScope } from "../../host/memory.ts";
import type { Session } from "../../host/session.ts";
import type { CheckFailure, CheckResult, KnownIdentity, Properties } from "../../resource.ts";
import { failuresOf, type Judged, withDefaults } from "../shared/inputs.ts";
import { regionFailures } from "../shared/region.ts";
import { knownString, logicalName, notUniqueFailures, notUniqueMessage } from "../shared/unique.ts";
import { groupIdOf, judgeReader } from "./reader.ts";

/** Fills in the defaults and judges: by the contract, against the other tasks, and by a short look at the service. */
export async function checkTask(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  news: Properties,
): Promise<CheckResult> {
  const { inputs, violations, conflicts, self, isRightRegion } = judgeTask(session, identity, news, olds);
  const region = knownString(inputs.region);
  const isJudged =
    !session.isOffline && region !== undefined && regionRefusal(region) === undefined && isRightRegion;
  const seen = isJudged ? await judgeReader(session, { identity, olds, inputs, self, region }) : NOTHING_SEEN;
  const failures = [...failuresOf(violations), ...conflicts, ...seen.failures].filter(
    // MQ-5: whether the offset still counts, only the service knows.
    ({ property }) => !((seen.isConsumed || session.isOffline) && property === "source.consumerOffset"),
  );
  return { inputs, failures };
}

interface JudgedTask extends Judged {
  readonly self: Declared | undefined;
  readonly isRightRegion: boolean;
}

/** The part of the check that needs no service. */
export function judgeTask(
  session: Session,
  identity: KnownIdentity,
  news: Properties,
  olds: Properties = {},
): JudgedTask {
  const inputs = withDefaults(news, {
    name: identity.logicalName,
    region: identity.region ?? session.settings.region,
    state: "running",
  });
  const self = declaredOf(identity, olds, inputs);
  const ofOthers = self === undefined ? [] : againstOthers(session, self);
  const ofRegion = regionFailures(identity, inputs, "MQ-18");
  return {
    inputs,
    violations: judge(inflowTask, inputs),
    conflicts: [...ofRegion, ...ofOthers],
    self,
    isRightRegion: ofRegion.length === 0,
  };
}

const NOTHING_SEEN = { failures: [], isConsumed: false } as const;

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
