import { MAX_GROUPS_PER_INSTANCE } from "../../contract/limits/dts.ts";
import { fewAtOnce } from "../runtime/few-at-once.ts";
import type { Session } from "../runtime/host/session.ts";
import { lookAtGroups, type ObservedGroup } from "../runtime/observe/tracking-groups.ts";
import { knownString } from "../runtime/resources/shared/unique.ts";
import { type Change, mayTakeOver } from "./changes.ts";
import { type InstancePlace, instanceAfter, instanceBefore, isGoing } from "./plan.ts";
import { nameOf } from "./preview.ts";
import { problemWith } from "./service.ts";

/** How full an instance is after the change. */
export interface Capacity {
  /** Logical name of the instance, or its id where the program writes that out. */
  readonly instance: string;
  readonly id: string | undefined;
  /** Consumer groups that are there now; 0 for one that is not made yet. */
  readonly before: number;
  readonly after: number;
  readonly max: number;
}

interface Moves {
  readonly place: InstancePlace;
  readonly gone: Set<string>;
  /** Names of those that come, as far as they are known. */
  readonly come: (string | undefined)[];
}

/** The instances on which groups come or go. One that cannot be asked is left out: a number would be a guess. */
export async function capacitiesOf(
  session: Session | undefined,
  changes: readonly Change[],
): Promise<Capacity[]> {
  const instances = changes.filter(({ kind }) => kind === "ChangeTrackingInstance");
  // A replaced instance begins anew, and its groups come to it.
  const replaced = new Map(
    instances.flatMap(({ op, urn, id }) => (op === "replace" && id ? [[urn, id]] : [])),
  );
  const adopting = new Set(instances.filter(mayTakeOver).map(({ urn }) => urn));
  const moves = [...movesOf(changes, replaced).values()];
  const found = await fewAtOnce(moves, async ({ place, gone, come }) => {
    const { urn = "" } = place;
    if (adopting.has(urn)) return [];
    const id = place.id ?? replaced.get(urn);
    const there = id === undefined ? [] : await groupsOn(session, { ...place, id });
    if (there === undefined) return [];
    const staying = replaced.has(urn) ? [] : there.filter((group) => !gone.has(group.id));
    // A name stands once on an instance: what has it already is taken over, or its create fails.
    const taken = new Set(staying.map(({ name }) => name));
    const after = staying.length + come.filter((name) => name === undefined || !taken.has(name)).length;
    const instance = place.urn === undefined ? (id ?? "") : nameOf(place.urn);
    return [{ instance, id, before: there.length, after, max: MAX_GROUPS_PER_INSTANCE }];
  });
  return found.flat().sort((a, b) => (a.instance < b.instance ? -1 : 1));
}

function movesOf(changes: readonly Change[], replaced: ReadonlyMap<string, string>): Map<string, Moves> {
  const moves = new Map<string, Moves>();
  const urns = new Map([...replaced].map(([urn, id]) => [id, urn]));
  const at = (given: InstancePlace) => {
    const place = { ...given, urn: given.urn ?? urns.get(given.id ?? "") };
    const key = (replaced.has(place.urn ?? "") ? undefined : place.id) ?? place.urn ?? "";
    const known = moves.get(key) ?? { place, gone: new Set<string>(), come: [] };
    // The id alone has no name; a later mention may have one.
    const one = { ...known, place: { ...place, urn: known.place.urn ?? place.urn } };
    moves.set(key, one);
    return one;
  };
  for (const change of changes) {
    const [before, after] = [instanceBefore(change), instanceAfter(change)];
    if (isGoing(change) && !change.isKept && before !== undefined && change.id !== undefined)
      at(before).gone.add(change.id);
    const comes = change.op === "create" ? !change.isImport : change.op === "replace";
    if (comes && after !== undefined && (after.id ?? after.urn) !== undefined)
      at(after).come.push(knownString(change.now?.inputs?.name));
  }
  return moves;
}

async function groupsOn(
  session: Session | undefined,
  { id, region }: InstancePlace,
): Promise<ObservedGroup[] | undefined> {
  if (session === undefined || id === undefined) return undefined;
  try {
    const place = { region: region ?? session.settings.region, instance: id };
    const isReached = (await problemWith(session, "ChangeTrackingInstance", place)) === undefined;
    return isReached ? await lookAtGroups(session, place) : undefined;
  } catch {
    return undefined;
  }
}
