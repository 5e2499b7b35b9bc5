import { groupCountRefusal, MAX_GROUPS_PER_INSTANCE } from "../../../../../contract/limits/dts.ts";
import { withRule } from "../../../../../contract/limits/message.ts";
import { DtsApi } from "../../../api/dts.ts";
import type { Declared } from "../../../memory.ts";
import type { CheckFailure } from "../../../resource.ts";
import type { Session } from "../../../session.ts";
import { isInstanceGone, listGroups, type ObservedGroup } from "./observe.ts";

export interface CapacityQuestion {
  readonly self: Declared;
  /** All groups of the program on this instance whose check has run, this one included. */
  readonly siblings: readonly Declared[];
  /** The group is not on this instance yet. */
  readonly isNew: boolean;
  /** Names that the program has declared on this instance, also those whose check comes later. */
  readonly declared: readonly string[];
  readonly region: unknown;
}

/**
 * DTS-1: refuses the group with which the instance would have more than it can. Counted are the groups checked so
 * far and those on the service that are none of them. What is there already is never refused for a newcomer.
 */
export async function judgeCapacity(session: Session, question: CapacityQuestion): Promise<CheckFailure[]> {
  const { self, siblings } = question;
  if (!question.isNew && siblings.length <= MAX_GROUPS_PER_INSTANCE) return [];
  const looked = await look(session, question);
  if (looked === "gone") {
    return [{ property: "instance", reason: goneInstance(String(self.scopeId), String(question.region)) }];
  }
  const existing = looked ?? [];
  if (existing.some((one) => one.name === self.name || one.name === self.oldName)) return [];
  const unclaimed = existing.filter(
    (one) => !siblings.some((sibling) => sibling.name === one.name || sibling.oldName === one.name),
  );
  if (siblings.length + unclaimed.length <= MAX_GROUPS_PER_INSTANCE) return [];
  return [{ property: "instance", reason: refusal(question, unclaimed) }];
}

/** The groups on the service; undefined when the id is not known yet or nobody could be asked in time. */
async function look(
  session: Session,
  { self, region }: CapacityQuestion,
): Promise<readonly ObservedGroup[] | "gone" | undefined> {
  const instance = self.scopeId;
  if (instance === undefined || typeof region !== "string") return undefined;
  try {
    const list = () => listGroups(new DtsApi(session.api, region, true), instance);
    return await session.memory.once(`look ${region} ${instance}`, list, { keepFailure: true });
  } catch (error) {
    if (isInstanceGone(error)) return "gone";
    if (session.memory.isNew("unreachable")) {
      const reason = error instanceof Error ? error.message : String(error);
      session.log.warn(
        "The service could not be asked which consumer groups exist; only those of this program are counted. " +
          reason,
        self.self,
      );
    }
    return undefined;
  }
}

function refusal(
  { self, siblings, declared }: CapacityQuestion,
  unclaimed: readonly ObservedGroup[],
): string {
  const names = [...new Set([...siblings.map((one) => one.name), ...declared])];
  const foreign = unclaimed.map((one) => one.name).filter((name) => !declared.includes(name));
  const text = withoutRule(groupCountRefusal(names.length + foreign.length) ?? "");
  return withRule(
    [
      `instance ${self.scopeId ?? "(not made yet)"} ${text}.`,
      `Declared in this program: ${names.join(", ")}.`,
      ...(foreign.length === 0
        ? []
        : [`On the instance and not declared here: ${foreign.join(", ")}.`, TWO_STEPS]),
    ].join(" "),
    "DTS-1",
  );
}

const TWO_STEPS =
  "Delete one of these first. If one of them is a group that this change takes out of the program, Pulumi would " +
  "create before it deletes, so do it in two steps: `pulumi destroy --target '**::NAME'` with the resource name of " +
  "the group that goes (`pulumi stack --show-urns`), then `pulumi up`.";

function withoutRule(text: string): string {
  return text.replace(/ \[[A-Z]+-\d+\]$/, "");
}

/** A resource of the program whose instance is gone is still in the state, after a destroy that was cut off, say. */
function goneInstance(instance: string, region: string): string {
  return (
    `instance ${instance} does not exist in ${region}. If it is one of this program (a destroy was cut off, or somebody ` +
    "has released it), run `pulumi refresh`, then `pulumi up` makes it again; else give the id and the region of one that exists"
  );
}
