import { isWithin, pathText } from "../../contract/limits/path.ts";
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

type Path = readonly (string | number)[];

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
  const found = differences(ownInputs(olds), ownInputs(news), []).map(([path, before, after]) => {
    const text = pathText(path);
    return { path: text, before: shownValue(text, before), after: shownValue(text, after) };
  });
  const secrets = secretPaths(ownInputs(olds), ownInputs(news), []).map(pathText);
  const changed = secrets
    .filter((path) => told.some((one) => isWithin(path, one)) && !found.some((one) => one.path === path))
    .map((path) => ({ path, before: { is: "secret" }, after: { is: "secret" } }) as const);
  return [...found, ...changed].sort((a, b) => (a.path < b.path ? -1 : 1));
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

function differences(before: unknown, after: unknown, path: Path): [Path, unknown, unknown][] {
  if (isEqual(before, after)) return [];
  if (path.length < DEPTH_MAX && (isMembers(before) || before === undefined) && isMembers(after)) {
    const old = before ?? {};
    return keysOf(old, after).flatMap((key) => differences(old[key], after[key], [...path, key]));
  }
  const pairs = path.length < DEPTH_MAX ? pairsOf(before, after) : undefined;
  if (pairs === undefined) return [[path, before, after]];
  return pairs.flatMap(([one, other], index) => differences(one, other, [...path, index]));
}

/** The paths at which both sides have a secret: nothing of them can be compared. */
function secretPaths(before: unknown, after: unknown, path: Path): Path[] {
  if (isSecret(before) && isSecret(after)) return [path];
  if (path.length >= DEPTH_MAX) return [];
  if (isMembers(before) && isMembers(after)) {
    return keysOf(before, after).flatMap((key) => secretPaths(before[key], after[key], [...path, key]));
  }
  const pairs = pairsOf(before, after) ?? [];
  return pairs.flatMap(([one, other], index) => secretPaths(one, other, [...path, index]));
}

/** Two lists of one length, item by item; any others are shown whole. */
function pairsOf(before: unknown, after: unknown): [unknown, unknown][] | undefined {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return undefined;
  return before.map((one, index) => [one, after[index]]);
}

function keysOf(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}
