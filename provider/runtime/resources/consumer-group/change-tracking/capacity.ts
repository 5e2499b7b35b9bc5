import { groupCountRefusal, MAX_GROUPS_PER_INSTANCE } from "../../../../../contract/limits/dts.ts";
import { namesListed } from "../../../../../contract/limits/message.ts";
import { askOrWarn } from "../../../host/ask.ts";
import type { Declared } from "../../../host/memory.ts";
import type { Session } from "../../../host/session.ts";
import { isInstanceGone } from "../../../observe/instance.ts";
import { lookAtGroups, type ObservedGroup } from "../../../observe/tracking-groups.ts";
import type { CheckFailure } from "../../../resource.ts";
import { logicalName } from "../../shared/unique.ts";

export interface CapacityQuestion {
  readonly self: Declared;
  /** All groups of the program on this instance whose check has run, this one included. */
  readonly siblings: readonly Declared[];
  /** Names that the program has declared on this instance in its order, also those whose check comes later. */
  readonly declared: readonly string[];
  /** Logical names of the resources behind `declared`. */
  readonly declaredBy: readonly string[];
  readonly region: unknown;
}

/**
 * DTS-1: refuses the groups for which the instance has no room. Those that are there, in the state or on the service,
 * keep their places; the others get the rest in the order of the program. So it is the last one added that is
 * refused, in whatever order the engine asks.
 */
export async function judgeCapacity(session: Session, question: CapacityQuestion): Promise<CheckFailure[]> {
  const { self, siblings } = question;
  if (self.isInState) return [];
  const looked = await look(session, question);
  if (looked === "gone") {
    return [{ property: "instance", reason: goneInstance(String(self.scopeId), String(question.region)) }];
  }
  const existing = (looked ?? []).map((one) => one.name);
  const names = [...new Set([...question.declared, ...siblings.map((one) => one.name)])];
  const oldNames = siblings.flatMap((one) => one.oldName ?? []);
  const foreign = existing.filter((name) => !names.includes(name) && !oldNames.includes(name));
  const isThere = (name: string) =>
    existing.includes(name) ||
    siblings.some(
      (one) => one.name === name && (one.isInState === true || existing.includes(one.oldName ?? name)),
    );
  const newcomers = names.filter((name) => !isThere(name));
  const room = MAX_GROUPS_PER_INSTANCE - foreign.length - (names.length - newcomers.length);
  // A program that names one instance in two ways has two orders; those let in already decide then.
  const others = siblings.filter((one) => one.self !== self.self && one.hasNoRoom !== true);
  const taken = new Set([
    ...existing.filter((name) => !oldNames.includes(name)),
    ...others.map((one) => one.name),
  ]);
  const isFull = !taken.has(self.name) && taken.size >= MAX_GROUPS_PER_INSTANCE;
  if (newcomers.indexOf(self.name) < Math.max(room, 0) && !isFull) return [];
  session.memory.declare({ ...self, hasNoRoom: true });
  return [{ property: "instance", reason: noRoom(question, names, foreign), rule: "DTS-1" }];
}

/** The groups on the service; undefined when the id is not known yet or nobody could be asked in time. */
async function look(
  session: Session,
  { self, region }: CapacityQuestion,
): Promise<readonly ObservedGroup[] | "gone" | undefined> {
  const instance = self.scopeId;
  if (instance === undefined || typeof region !== "string") return undefined;
  const ask = () =>
    lookAtGroups(session, { region, instance }).catch((error) => {
      if (isInstanceGone(error)) return "gone" as const;
      throw error;
    });
  return (await askOrWarn(session, "groups", self.self, ask))?.answer;
}

function noRoom(question: CapacityQuestion, names: readonly string[], foreign: readonly string[]): string {
  const { self, siblings, declared, declaredBy } = question;
  const resources = names.map((name) => {
    const sibling = siblings.find((one) => one.name === name);
    return sibling === undefined ? (declaredBy[declared.indexOf(name)] ?? name) : logicalName(sibling);
  });
  const { text = "" } = groupCountRefusal(names.length + foreign.length) ?? {};
  return [
    `instance ${self.scopeId ?? "(not made yet)"} ${text}.`,
    `There is no room for ${logicalName(self)}.`,
    `Declared in this program: ${namesListed(resources)}.`,
    ...(foreign.length === 0
      ? []
      : [`On the instance and not declared here: ${namesListed(foreign)}.`, TWO_STEPS]),
  ].join(" ");
}

const TWO_STEPS =
  "Delete one of these first. If one of them is a group that this change takes out of the program, Pulumi would " +
  "create before it deletes, so do it in two steps: `pulumi destroy --target '**::NAME'` with the resource name of " +
  "the group that goes (`pulumi stack --show-urns`), then `pulumi up`.";

/** A resource of the program whose instance is gone is still in the state, after a destroy that was cut off, say. */
function goneInstance(instance: string, region: string): string {
  return (
    `instance ${instance} does not exist in ${region}. If it is one of this program (a destroy was cut off, or somebody ` +
    "has released it), run `pulumi refresh`, then `pulumi up` makes it again; else give the id and the region of one that exists"
  );
}
