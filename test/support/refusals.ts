import type { z } from "zod";
import { ASKING, issueText } from "../../contract/validation/issue.ts";
import { type Refusal, ruleOf, withRule } from "../../contract/validation/refusal.ts";
import type { Violation } from "../../contract/validation/violation.ts";

/** A refusal as people read it, with its rule; undefined stays undefined. */
export function readable(refusal: Refusal | undefined): string | undefined {
  return refusal && withRule(refusal.text, refusal.rule);
}

/** The same for what was found wrong with an object. */
export function messagesOf(found: readonly Violation[]): string[] {
  return found.map(({ message, rule }) => withRule(message, rule));
}

/** What one schema says of a value. */
export function saidOf(schema: z.ZodType, value: unknown): string[] {
  const issues = schema.safeParse(value, ASKING).error?.issues ?? [];
  return issues.map((issue) => withRule(issueText(issue), ruleOf(issue)));
}
