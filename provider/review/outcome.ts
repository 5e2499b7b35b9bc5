import { textWithoutSecrets } from "../../contract/secrets/index.ts";
import { ProviderError } from "../runtime/host/errors.ts";
import { loadKind } from "../runtime/host/kinds.ts";
import type { Session } from "../runtime/host/session.ts";
import { rulesListed, rulesWatching } from "../runtime/observe/alert-rules.ts";
import { isAnothers } from "../runtime/ownership/owner.ts";
import type { Leaving, Properties, ResourceKind } from "../runtime/resource.ts";
import { type Change, oldProperties } from "./changes.ts";
import { problemWith } from "./service.ts";

/** What the service says of a delete or a replacement. */
export interface Outcome {
  /** Why the delete would be refused, each with its rule; empty when nothing is in the way. */
  readonly refusals: readonly string[];
  /** What else is to be known: what goes with it, what stays. */
  readonly notes: readonly string[];
  /** Where a consumer group stands that loses its position. */
  readonly position: Position | undefined;
  /** Why nobody could be asked; undefined when the question was answered. */
  readonly unanswered: string | undefined;
}

export interface Position {
  /** Empty when nothing was read yet; undefined on platforms that do not tell. */
  readonly checkpoint: string | undefined;
  /** Messages not read yet; undefined where the service does not tell. */
  readonly unconsumed: number | undefined;
  /** As observed now, or else as the state remembers it. */
  readonly isObserved: boolean;
}

export interface OutcomeQuestion {
  readonly leaving: Leaving;
  /** Ids of alert rules that go in the same run. */
  readonly rules: ReadonlySet<string>;
}

/** Looks only. Never throws: what could not be asked is said. */
export async function outcomeOf(
  session: Session | undefined,
  change: Change,
  question: OutcomeQuestion,
): Promise<Outcome> {
  const remembered = positionOf(change, oldProperties(change), false);
  const without = { refusals: [], notes: [], position: remembered };
  if (change.isKept) return { ...without, notes: [KEPT], position: undefined, unanswered: undefined };
  try {
    const kind = await loadKind(change.kind);
    if (change.id === undefined || kind.deleteRefusals === undefined)
      return { ...without, unanswered: undefined };
    if (session === undefined) return { ...without, unanswered: "the service was not asked" };
    const problem = await problemWith(session, change.kind, oldProperties(change));
    if (problem !== undefined) return { ...without, unanswered: problem };
    return await asked(session, change, kind, change.id, question);
  } catch (error) {
    return { ...without, unanswered: textOf(error) };
  }
}

const KEPT = "The option retainOnDelete leaves it at the service; only the state forgets it.";
const GONE = "It is not there any more.";

async function asked(
  session: Session,
  change: Change,
  kind: ResourceKind,
  id: string,
  { leaving, rules }: OutcomeQuestion,
): Promise<Outcome> {
  const props = oldProperties(change);
  const found = { refusals: [], notes: [], position: undefined, unanswered: undefined };
  if (await isAnothers(session, kind, id, props)) {
    return { ...found, notes: ["Another resource has taken it over since, so it stays."] };
  }
  const isGroup = change.kind === "ConsumerGroup";
  const seen = isGroup ? await kind.read(session, id, props) : undefined;
  if (seen?.id === "") return { ...found, notes: [GONE] };
  const refusals = (await kind.deleteRefusals?.(session, id, props, leaving)) ?? [];
  return {
    refusals: refusals.map(textOf),
    notes: isGroup ? await alertNotes(session, id, props, rules) : [],
    position: seen === undefined ? undefined : positionOf(change, seen.props, true),
    unanswered: undefined,
  };
}

/** Alert rules of anybody that watch a group which goes. That nobody could be asked fails nothing. */
async function alertNotes(
  session: Session,
  groupId: string,
  props: Properties,
  leaving: ReadonlySet<string>,
): Promise<string[]> {
  const rules = await rulesWatching(session, groupId, props).catch(() => []);
  const staying = rules.filter(({ RuleId = "" }) => !leaving.has(RuleId));
  return staying.length === 0 ? [] : [`Alert rules still watch it: ${rulesListed(staying)}.`];
}

/** Only a group has a position, and an update keeps it. */
function positionOf({ kind }: Change, { status }: Properties, isObserved: boolean): Position | undefined {
  if (kind !== "ConsumerGroup" || typeof status !== "object" || status === null) return undefined;
  const { checkpoint, unconsumed } = status as Properties;
  return {
    checkpoint: typeof checkpoint === "string" ? checkpoint : undefined,
    unconsumed: typeof unconsumed === "number" && unconsumed >= 0 ? unconsumed : undefined,
    isObserved,
  };
}

function textOf(error: unknown): string {
  if (error instanceof ProviderError) return error.detail;
  return textWithoutSecrets(error instanceof Error ? error.message : String(error));
}
