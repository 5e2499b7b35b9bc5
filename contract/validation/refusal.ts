import type { z } from "zod";

/** Why a value is refused. */
export interface Refusal {
  /** To be put behind the name of the place, for example `must be 1 to 16 characters long, got 17`. */
  readonly text: string;
  /** Id of the documented rule, for example `DTS-4`; undefined when the refusal comes from a type or from this project. */
  readonly rule?: string | undefined;
}

/** The text as people read it: only what is shown or sent ends with the id of its rule. */
export function withRule(text: string, rule: string | undefined): string {
  return rule === undefined ? text : `${text} [${rule}]`;
}

/** The rule that a schema gave to its issue; see `refuse` and `ruled`. */
export function ruleOf(issue: z.core.$ZodIssue): string | undefined {
  const rule = (issue as { params?: { rule?: unknown } }).params?.rule;
  return typeof rule === "string" ? rule : undefined;
}
