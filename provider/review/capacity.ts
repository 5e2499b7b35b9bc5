import { MAX_GROUPS_PER_INSTANCE } from "../../contract/limits/dts.ts";
import { fewAtOnce } from "../runtime/few-at-once.ts";
import type { Session } from "../runtime/host/session.ts";
import { lookAtGroups } from "../runtime/observe/tracking-groups.ts";
import type { Change } from "./changes.ts";
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
  come: number;
}

/** The instances on which groups come or go. One that cannot be asked is left out: a number would be a guess. */
export async function capacitiesOf(
  session: Session | undefined,
  changes: readonly Change[],
): Promise<Capacity[]> {
  const replaced = new Set(changes.flatMap(({ op, id }) => (op === "replace" && id ? [id] : [])));
  const found = await fewAtOnce([...movesOf(changes).values()], async ({ place, gone, come }) => {
    // A replaced instance begins anew, and its groups come to it.
    const isNew = place.id === undefined || replaced.has(place.id);
    const there = isNew ? [] : await idsOn(session, place);
    if (there === undefined) return [];
    const after = there.filter((id) => !gone.has(id)).length + come;
    const name = place.urn === undefined ? (place.id ?? "") : nameOf(place.urn);
    return [{ instance: name, id: place.id, before: there.length, after, max: MAX_GROUPS_PER_INSTANCE }];
  });
  return found.flat().sort((a, b) => (a.instance < b.instance ? -1 : 1));
}

function movesOf(changes: readonly Change[]): Map<string, Moves> {
  const moves = new Map<string, Moves>();
  const at = (place: InstancePlace) => {
    const key = place.id ?? place.urn ?? "";
    const known = moves.get(key) ?? { place, gone: new Set<string>(), come: 0 };
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
    if (comes && after !== undefined && (after.id ?? after.urn) !== undefined) at(after).come += 1;
  }
  return moves;
}

async function idsOn(
  session: Session | undefined,
  { id, region }: InstancePlace,
): Promise<string[] | undefined> {
  if (session === undefined || id === undefined) return undefined;
  try {
    const place = { region: region ?? session.settings.region, instance: id };
    const isReached = (await problemWith(session, "ChangeTrackingInstance", place)) === undefined;
    return isReached ? (await lookAtGroups(session, place)).map((group) => group.id) : undefined;
  } catch {
    return undefined;
  }
}
