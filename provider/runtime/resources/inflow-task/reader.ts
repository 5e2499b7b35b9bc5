import { OFFSET_FORMS, offsetRefusal, offsetSeconds } from "../../../../contract/limits/eventbridge.ts";
import { withRule } from "../../../../contract/validation/refusal.ts";
import { isUnknown } from "../../../schema/unknown.ts";
import { isEqual } from "../../equal.ts";
import { askOrWarn } from "../../host/ask.ts";
import type { Declared } from "../../host/memory.ts";
import type { Session } from "../../host/session.ts";
import { isActive, listTasksShared } from "../../observe/tasks.ts";
import { lookAtGroups, type ObservedGroup } from "../../observe/tracking-groups.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../../resource.ts";
import { knownString } from "../shared/unique.ts";
import { findTracking, noInstance, type Tracking } from "./tracking.ts";

export interface ReaderQuestion {
  readonly identity: KnownIdentity;
  readonly olds: Properties;
  readonly inputs: Properties;
  readonly self: Declared | undefined;
  readonly region: string;
}

export interface ReaderAnswer {
  readonly failures: readonly CheckFailure[];
  /** The group has been read already: its offset counts no more, whatever it says (MQ-5). */
  readonly isConsumed: boolean;
}

/**
 * What only the service can tell: whether the instance is in the region (MQ-18), where its data lies (MQ-4), whether
 * the group was read (MQ-5, DTS-9) or is being read (DTS-2). What cannot be asked now is left to the create.
 */
export async function judgeReader(session: Session, question: ReaderQuestion): Promise<ReaderAnswer> {
  const { inputs, olds, region } = question;
  const source = (inputs.source ?? {}) as Properties;
  const before = (olds.source ?? {}) as Properties;
  const instance = knownString(source.instance);
  if (instance === undefined) return { failures: [], isConsumed: false };
  const find = () => findTracking(session, region, instance, true);
  const looked = await askOrWarn(session, "tasks", question.identity.self, find);
  if (looked === undefined) return { failures: [], isConsumed: false };
  if (looked.answer === undefined) {
    const { text: reason, rule } = noInstance(region, instance);
    const failure = { property: "source.instance", reason, rule };
    return { failures: [failure], isConsumed: false };
  }
  const group = await groupOf(session, question, instance);
  const isConsumed = group !== undefined && group.status.checkpoint !== "";
  warnOfReader(session, question, group);
  warnOfOffset(session, question, isConsumed);
  const isSameReader = before.groupId === source.groupId && before.groupId !== undefined;
  const isJudged = !isConsumed && !(isSameReader && isEqual(before.consumerOffset, source.consumerOffset));
  return {
    failures: [
      ...(isJudged ? offsetFailures(source, looked.answer) : []),
      ...(await otherReaders(session, question)),
    ],
    isConsumed,
  };
}

/** The consumer group that a task reads; undefined while it is not known. */
export function groupIdOf({ source }: Properties): string | undefined {
  return knownString((source as Properties | undefined)?.groupId);
}

async function groupOf(
  session: Session,
  question: ReaderQuestion,
  instance: string,
): Promise<ObservedGroup | undefined> {
  const groupId = groupIdOf(question.inputs);
  if (groupId === undefined) return undefined;
  const { region, identity } = question;
  const list = () => lookAtGroups(session, { region, instance });
  const looked = await askOrWarn(session, "tasks", identity.self, list);
  return looked?.answer.find((one) => one.id === groupId);
}

/** MQ-4. */
function offsetFailures(source: Properties, { range }: Tracking): CheckFailure[] {
  const { consumerOffset: offset, consumerOffsetZone: zone } = source;
  if (range === undefined || isUnknown(offset) || isUnknown(zone)) return [];
  if (typeof offset !== "number" && typeof offset !== "string") return [];
  const seconds = offsetSeconds(offset, typeof zone === "string" ? zone : undefined);
  // One that is none of the forms is refused by the schema.
  const refused = seconds === undefined ? undefined : offsetRefusal(seconds, range);
  return refused === undefined
    ? []
    : [
        {
          property: "source.consumerOffset",
          reason: `source.consumerOffset ${refused.text}`,
          rule: refused.rule,
        },
      ];
}

/** MQ-5. */
function warnOfOffset(
  session: Session,
  { identity, olds, inputs }: ReaderQuestion,
  isConsumed: boolean,
): void {
  const [before, after] = [(olds.source ?? {}) as Properties, (inputs.source ?? {}) as Properties];
  if (!isConsumed || before.groupId === undefined || before.groupId !== after.groupId) return;
  const keys = ["consumerOffset", "consumerOffsetZone"];
  if (keys.every((key) => isEqual(before[key], after[key]))) return;
  if (!session.memory.isNew(`offset ${identity.self}`)) return;
  session.log.warn(
    withRule(
      "source.consumerOffset counts at the first consumption only, and the group has been read: this change has no " +
        `effect, reading goes on at the recorded offset. It may be ${OFFSET_FORMS}`,
      "MQ-5",
    ),
    identity.self,
  );
}

/** DTS-9: who has read so far was another one. */
function warnOfReader(
  session: Session,
  { identity, olds, inputs }: ReaderQuestion,
  group: ObservedGroup | undefined,
): void {
  const [before, after] = [groupIdOf(olds), groupIdOf(inputs)];
  if (before === after || !session.memory.isNew(`reader ${identity.self}`)) return;
  const wasRead = group !== undefined && (group.status.checkpoint !== "" || group.status.connected);
  const advice =
    "A new reader may get changes again that the one before it had read already; nothing is lost, and a duplicate " +
    "has the same record id";
  if (wasRead) {
    const stop = group.status.connected ? " A client is connected: stop it first." : "";
    session.log.warn(
      withRule(
        `The consumer group "${group.name}" was read by another client until now.${stop} ${advice}`,
        "DTS-9",
      ),
      identity.self,
    );
  } else if (before !== undefined && after !== undefined) {
    session.log.warn(
      withRule(
        `The task leaves the consumer group ${before}, which may get another reader. ${advice}`,
        "DTS-9",
      ),
      identity.self,
    );
  }
}

/** DTS-2: a task that the program does not declare and that runs. */
async function otherReaders(session: Session, question: ReaderQuestion): Promise<CheckFailure[]> {
  const { inputs, self, region, identity } = question;
  const groupId = groupIdOf(inputs);
  if (groupId === undefined || self === undefined) return [];
  const list = () => listTasksShared(session, region, true);
  const looked = await askOrWarn(session, "tasks", identity.self, list);
  const declared = session.memory.declared(self.kind).flatMap((one) => [one.name, one.oldName]);
  const other = looked?.answer.find(
    (one) => one.groupId === groupId && isActive(one.status) && !declared.includes(one.name),
  );
  if (other === undefined || identity.self === undefined) return [];
  const text =
    `source must name a consumer group that no other inflow task reads: "${other.name}" is ${other.status} on ${groupId}. ` +
    "Pause or delete that task, or use another group. If it is a task that this change takes out of the program, " +
    "Pulumi would create before it deletes: run `pulumi destroy --target '**::NAME'` first, then `pulumi up`";
  return [{ property: "source", reason: text, rule: "DTS-2" }];
}
