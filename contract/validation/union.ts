import { shown } from "../limits/message.ts";
import { type Path, pathText, valueAt } from "../limits/path.ts";
import { literalText } from "./issue.ts";
import type { Refusal } from "./refusal.ts";

/** A violation before its field is put in front. */
export interface Found extends Refusal {
  readonly path: Path;
  /** Set for an input that is not known: where the known ones are kept. */
  readonly keysAt?: string;
  /** The allowed words, when the value is none of them. */
  readonly literals?: readonly unknown[];
}

/**
 * What a value violates that fits no member of a union.
 * - A member without a violation (all that was wrong hung on unknown values) clears the value.
 * - Else a member is meant when it is of the right kind and no literal directly inside it fails; with several,
 *   only what all of them refuse is certain.
 * - When every member's literal fails, the literals are listed in one violation.
 */
export function closestMember(members: readonly (readonly Found[])[], union: Found, root: unknown): Found[] {
  if (members.some((found) => found.length === 0)) return [];
  const depth = union.path.length;
  const rightKind = members.filter((found) => found.every((one) => one.path.length > depth));
  if (rightKind.length === 0) return [union];
  const meant = rightKind.filter((found) => tagFailure(found, depth) === undefined);
  const [first, ...others] = meant;
  if (first !== undefined) return first.filter((one) => others.every((found) => refuses(found, one)));
  const tags = rightKind.flatMap((found) => tagFailure(found, depth) ?? []);
  const path = tags[0]?.path ?? union.path;
  const value = valueAt(root, path);
  const words = tags.flatMap((tag) => tag.literals ?? []);
  return [{ path, text: literalText(words, value === undefined ? undefined : `, got ${shown(value)}`) }];
}

function tagFailure(found: readonly Found[], depth: number): Found | undefined {
  return found.find((one) => one.literals?.length === 1 && one.path.length === depth + 1);
}

function refuses(found: readonly Found[], wanted: Found): boolean {
  return found.some((one) => pathText(one.path) === pathText(wanted.path) && one.text === wanted.text);
}
