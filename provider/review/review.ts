import { fewAtOnce } from "../runtime/few-at-once.ts";
import type { Session } from "../runtime/host/session.ts";
import { capacitiesOf } from "./capacity.ts";
import { type Change, changesOf, mayTakeOver, otherChangesOf } from "./changes.ts";
import { type Message, messagesOf } from "./messages.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { DEFAULT_OWNER_TAG, type OwnerOf, ownersOf } from "./owners.ts";
import { isGoing, leavingOf, leavingRules } from "./plan.ts";
import { kindOf, nameOf, type Preview, stackOf } from "./preview.ts";
import type { Refused, Review, ReviewedChange, Summary } from "./review-data.ts";
import { recall } from "./service.ts";
import { withoutSecretsOf } from "./without-secrets.ts";

export interface ReviewOptions {
  /** Undefined where nobody is to be asked. */
  readonly service?: Session | undefined;
  /** The tag that names who owns a thing. Default `owner`. */
  readonly ownerTag?: string | undefined;
  readonly ownerOf?: OwnerOf | undefined;
}

/** Asks the service about what would go, and changes nothing. */
export async function reviewOf(preview: Preview, options: ReviewOptions = {}): Promise<Review> {
  const { service, ownerTag = DEFAULT_OWNER_TAG, ownerOf } = options;
  const changes = changesOf(preview.steps);
  const messages = messagesOf(preview.diagnostics);
  const owners = ownersOf(changes, ownerTag, ownerOf);
  const outcomes = await outcomesOf(service, changes);
  const reviewed = changes.map((change, index) =>
    reviewedChange(change, owners.get(change.urn), outcomes[index], messages.remarks),
  );
  const refused = [...refusedInputs(messages.refusals, owners, ownerOf), ...refusedDeletes(reviewed)];
  const others = otherChangesOf(preview.steps);
  const adopting = changes.filter((one) => one.op === "create" && mayTakeOver(one)).length;
  const urns = new Set(changes.map((one) => one.urn));
  // Names may be the same in several components.
  const refusedUrns = new Set([
    ...messages.refusals.map(({ urn }) => urn),
    ...changes.filter((_, index) => reviewed[index]?.refusals.length !== 0).map(({ urn }) => urn),
  ]);
  return withoutSecretsOf(preview, {
    stack: stackName(preview),
    summary: summaryOf(reviewed, { adopting, refused: refusedUrns.size, others: others.length }),
    refused,
    failures: messages.failures.map(({ name, text }) => (name === undefined ? text : `${name}: ${text}`)),
    changes: reviewed,
    capacity: await capacitiesOf(service, changes),
    remarks: messages.remarks
      .filter(({ urn }) => urn === undefined || !urns.has(urn))
      .map(({ name, text }) => ({ name, text })),
    others,
  });
}

/**
 * How a command ends: 1 when something would be refused, 2 when the preview failed or something could not be judged
 * that was to be, else 0.
 */
export function exitCodeOf({ summary, failures }: Review, isToBeAsked: boolean): 0 | 1 | 2 {
  if (summary.refused > 0) return 1;
  return failures.length > 0 || (isToBeAsked && summary.unjudged > 0) ? 2 : 0;
}

export function stackName({ steps, diagnostics }: Preview): string {
  const urn = steps[0]?.urn ?? diagnostics.find((one) => one.urn)?.urn ?? "";
  return stackOf(urn);
}

/** In the order of the changes; undefined for what stays as it is. */
async function outcomesOf(
  service: Session | undefined,
  changes: readonly Change[],
): Promise<(Outcome | undefined)[]> {
  const question = { leaving: leavingOf(changes), rules: leavingRules(changes) };
  if (service !== undefined) await recall(service, changes);
  return fewAtOnce(changes, async (change) =>
    isGoing(change) ? outcomeOf(service, change, question) : undefined,
  );
}

/** The provider's warning of a replaced group, of which the position says more. */
const SAID_BY_POSITION = /^The change of .* replaces this consumer group/;

function reviewedChange(
  change: Change,
  owner: string | undefined,
  outcome: Outcome | undefined,
  remarks: readonly Message[],
): ReviewedChange {
  const { op, kind, name, id, isImport, isKept, inputs, replacedFor } = change;
  const said = remarks
    .filter(({ urn, text }) => urn === change.urn && !(outcome?.position && SAID_BY_POSITION.test(text)))
    .map(({ text }) => text);
  return {
    ...{ op, kind, name, id, owner, isImport, isKept, inputs, replacedFor },
    position: outcome?.position,
    notes: [...takeOverNotes(change), ...(outcome?.notes ?? []), ...said],
    unanswered: outcome?.unanswered,
    refusals: outcome?.refusals ?? [],
  };
}

/** A preview looks for nothing to take over, and readers with another password than the new one are shut out. */
function takeOverNotes(change: Change): string[] {
  if (!mayTakeOver(change)) return [];
  const hasSecret = change.inputs.some(({ after }) => "is" in after && after.is === "secret");
  const secrets = hasSecret ? "; its password becomes the program's" : "";
  return [`Where it exists already it is taken over (adoptExisting) and brought to these inputs${secrets}.`];
}

/** What checks have refused: a resource with several mistakes is one. */
function refusedInputs(
  refusals: readonly Message[],
  owners: ReadonlyMap<string, string>,
  ownerOf: OwnerOf = () => undefined,
): Refused[] {
  const urns = [...new Set(refusals.map(({ urn = "" }) => urn))];
  return urns.flatMap((urn) => {
    const [kind, name] = [kindOf(urn), nameOf(urn)];
    if (kind === undefined) return [];
    // The engine stops at what a check has refused, so the change itself may be in no step.
    const owner = owners.get(urn) ?? ownerOf(kind, name);
    const reasons = refusals.filter((one) => one.urn === urn).map(({ text }) => text);
    return [{ kind, name, what: "inputs" as const, owner, reasons }];
  });
}

function refusedDeletes(changes: readonly ReviewedChange[]): Refused[] {
  return changes
    .filter(({ refusals }) => refusals.length > 0)
    .map(({ op, kind, name, owner, refusals }) => ({
      kind,
      name,
      what: op === "replace" ? "replacement" : "deletion",
      owner,
      reasons: refusals,
    }));
}

function summaryOf(
  changes: readonly ReviewedChange[],
  counts: Pick<Summary, "adopting" | "refused" | "others">,
): Summary {
  const count = (op: ReviewedChange["op"]) => changes.filter((one) => one.op === op).length;
  return {
    created: count("create"),
    changed: count("update"),
    replaced: count("replace"),
    deleted: count("delete"),
    unjudged: changes.filter(({ unanswered }) => unanswered !== undefined).length,
    ...counts,
  };
}
