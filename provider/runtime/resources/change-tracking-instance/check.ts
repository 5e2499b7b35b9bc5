import { changeTrackingInstance } from "../../../schema/change-tracking-instance.ts";
import { startSeconds } from "../../../schema/start-at.ts";
import { isUnknown, judge } from "../../../schema/unknown.ts";
import { isEqual } from "../../equal.ts";
import type { Session } from "../../host/session.ts";
import type { CheckResult, KnownIdentity, Properties } from "../../resource.ts";
import { failuresOf, type Judged, withDefaults } from "../shared/inputs.ts";

const CHANGED_START =
  "startAt counts at the first start only: where the instance has started before, this change has no effect.";
const START_TO_COME =
  "startAt is still to come: what is committed before that time reaches no group, though the instance is Normal.";

/** Fills in the defaults and judges by the contract; no look at the service is needed. */
export async function checkInstance(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  news: Properties,
): Promise<CheckResult> {
  const { inputs, violations } = judgeInstance(session, identity, news);
  warnOfStartAt(session, identity, olds, inputs);
  warnOfNetwork(session, identity, inputs);
  return { inputs, failures: failuresOf(violations) };
}

/** The part of the check that needs neither state nor service. */
export function judgeInstance(session: Session, identity: KnownIdentity, news: Properties): Judged {
  const inputs = completed(session, identity, news);
  return { inputs, violations: judge(changeTrackingInstance, inputs), conflicts: [] };
}

function completed(session: Session, identity: KnownIdentity, news: Properties): Properties {
  const inputs = withDefaults(news, {
    name: identity.logicalName,
    region: session.settings.region,
    payType: "PostPaid",
    dataTypes: {},
  });
  return {
    ...inputs,
    ...(isPlainObject(inputs.dataTypes)
      ? { dataTypes: withDefaults(inputs.dataTypes, { dml: true, ddl: true }) }
      : {}),
    ...(isPlainObject(inputs.objects) ? { objects: completedObjects(inputs.objects) } : {}),
  };
}

function completedObjects(objects: Properties): Properties {
  const entries = Object.entries(objects).map(([database, tracked]) => [
    database,
    isPlainObject(tracked) ? withDefaults(tracked, { tables: "all" }) : tracked,
  ]);
  return Object.fromEntries(entries);
}

function warnOfStartAt(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  inputs: Properties,
): void {
  if (isUnknown(inputs.startAt)) return;
  const isChanged = olds.source !== undefined && !isEqual(olds.startAt, inputs.startAt);
  const text = isChanged
    ? CHANGED_START
    : isToCome(inputs.startAt, session.clock.nowMs())
      ? START_TO_COME
      : undefined;
  if (text === undefined || !session.memory.isNew(`startAt ${identity.self}`)) return;
  session.log.warn(text, identity.self);
}

function isToCome(startAt: unknown, nowMs: number): boolean {
  if (typeof startAt !== "number" && typeof startAt !== "string") return false;
  return (startSeconds(startAt) ?? 0) * 1000 > nowMs;
}

/** The published API asks for both ids; the local service does without. */
function warnOfNetwork(session: Session, identity: KnownIdentity, { network }: Properties): void {
  if (session.settings.target !== "cloud" || network !== undefined) return;
  if (!session.memory.isNew(`network ${identity.self}`)) return;
  const text = "network is not given: Data Transmission Service asks for the VPC and vSwitch of an instance.";
  session.log.warn(text, identity.self);
}

function isPlainObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
