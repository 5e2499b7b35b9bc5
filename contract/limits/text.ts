import { z } from "zod";
import { codePointCount, kindOf, nearest, shown, withRule } from "./message.ts";

/** Refuses the value under a schema's refinement and lets the other refinements run. A plain text would stop them. */
export function refuse(ctx: z.RefinementCtx, message: string): void {
  ctx.addIssue({ code: "custom", message });
}

/** The `error` of a schema: the text for a missing value or one of the wrong type, with the rule's id. */
export function wrongType(expected: string, rule?: string) {
  return (issue: { input?: unknown }): string =>
    withRule(
      issue.input === undefined ? "is required" : `must be ${expected}, got ${kindOf(issue.input)}`,
      rule,
    );
}

/**
 * A text of `min` to `max` characters. Characters are Unicode code points: the published texts say
 * "characters" and an emoji or a rare Chinese character is one to its reader, though two UTF-16 units.
 * A lone surrogate is refused, because it would reach the service as another character.
 */
export function boundedText(min: number, max: number, rule?: string): z.ZodString {
  return z.string({ error: wrongType("a text", rule) }).superRefine((value, ctx) => {
    const count = codePointCount(value);
    if (count < min || count > max) {
      refuse(ctx, withRule(`must be ${min} to ${max} characters long, got ${count}`, rule));
    } else if (!value.isWellFormed()) {
      refuse(ctx, withRule("must be well-formed Unicode, got a lone surrogate", rule));
    }
  });
}

/** A whole number in a range, bounds included; `unit` is said in the message: `seconds`. */
export function boundedInteger(min: number, max: number, unit?: string, rule?: string): z.ZodNumber {
  const range = `a whole number from ${min} to ${max}${unit === undefined ? "" : ` ${unit}`}`;
  return z.number({ error: wrongType(range, rule) }).superRefine((value, ctx) => {
    if (!Number.isInteger(value) || value < min || value > max) {
      refuse(ctx, withRule(`must be ${range}, got ${value}`, rule));
    }
  });
}

/** One of a fixed list of words; a near miss is told the word that was probably meant. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T, rule?: string) {
  return z.enum(words, {
    error: ({ input }: { input?: unknown }) => {
      const expected = `one of ${words.join(", ")}`;
      if (input === undefined) return withRule(`is required: ${expected}`, rule);
      const meant = typeof input === "string" ? nearest(input, words) : undefined;
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      return withRule(`must be ${expected}, got ${shown(input)}${hint}`, rule);
    },
  });
}
