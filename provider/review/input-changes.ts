import { isWithin, type Path, pathText } from "../../contract/limits/path.ts";
import { isEqual } from "../runtime/equal.ts";
import type { Properties } from "../runtime/resource.ts";
import { isMembers, isSecret, type Shown, shownValue } from "./values.ts";

/** One input before and after. */
export interface InputChange {
  /** For example `source.password` or `subscriptions[0]`. */
  readonly path: string;
  readonly before: Shown;
  readonly after: Shown;
}

const DEPTH_MAX = 12;

/**
 * The inputs that differ, member by member. `told` are the paths that the engine calls changed: of two secrets it alone
 * knows that they differ.
 */
export function inputChanges(
  olds: Properties,
  news: Properties,
  told: readonly string[] = [],
): InputChange[] {
  return pairsAt(ownInputs(olds), ownInputs(news), [])
    .map(([at, before, after]) => ({ path: pathText(at), before, after }))
    .filter(({ path, before, after }) => {
      const mayDiffer = isSecret(before) && isSecret(after) && told.some((one) => isWithin(path, one));
      return mayDiffer || !isEqual(before, after);
    })
    .map(({ path, before, after }) => {
      return { path, before: shownValue(path, before), after: shownValue(path, after) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Every input of a resource that is made, member by member. */
export function inputsShown(inputs: Properties): InputChange[] {
  return inputChanges({}, inputs);
}

/** Whether one path leads to, or into, what the other leads to. */
export function isOverlapping(a: string, b: string): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

/** What begins with two underscores is between the package and the engine. */
function ownInputs(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
}

/** What stands on both sides at each path, as deep as both can be gone into. */
function pairsAt(before: unknown, after: unknown, path: Path): [Path, unknown, unknown][] {
  if (path.length >= DEPTH_MAX) return [[path, before, after]];
  if ((isMembers(before) || before === undefined) && isMembers(after)) {
    const old = before ?? {};
    return keysOf(old, after).flatMap((key) => pairsAt(old[key], after[key], [...path, key]));
  }
  const items = itemsOf(before, after);
  if (items === undefined) return [[path, before, after]];
  return items.flatMap(([one, other], index) => pairsAt(one, other, [...path, index]));
}

/** Two lists of one length, item by item; any others are shown whole. */
function itemsOf(before: unknown, after: unknown): [unknown, unknown][] | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined;
  return before.map((one, index) => [one, after[index]]);
}

function keysOf(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}
