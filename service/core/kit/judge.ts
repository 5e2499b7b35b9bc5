import type { z } from "zod";
import { type Path, pathText } from "../../../contract/limits/path.ts";
import { isSecretName, withoutValue } from "../../../contract/secrets/index.ts";
import { ASKING, issueText } from "../../../contract/validation/issue.ts";
import { ruleOf, withRule } from "../../../contract/validation/refusal.ts";

/**
 * What a schema makes of a value that somebody has written: settings, a seed, a snapshot, a body. Throws the error that
 * `refuse` makes of the first problem, or of all, which are put into words only when asked for: a value can have millions.
 * `base` is where the value stands; without one it is called `whole`.
 */
export function judge<S extends z.ZodType>(
  schema: S,
  value: unknown,
  whole: string,
  refuse: (first: string, all: () => readonly string[]) => Error,
  base: Path = [],
): z.output<S> {
  const parsed = schema.safeParse(value, ASKING);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const textOf = (issue: z.core.$ZodIssue) => problemOf(issue, whole, base);
  const first = issues[0] ? textOf(issues[0]) : `${pathText(base) || whole}: is not valid`;
  throw refuse(first, () => issues.map(textOf));
}

/** `keys[0].rights: must be ...`, with what was given left out where it may be a secret. */
function problemOf(issue: z.core.$ZodIssue, whole: string, base: Path): string {
  const path = [...base, ...issue.path];
  const isSecret = path.some((part) => isSecretName(String(part)));
  const message = issueText(issue, isSecret);
  const text = `${pathText(path) || whole}: ${isSecret ? withoutValue(message) : message}`;
  return withRule(text, ruleOf(issue));
}
