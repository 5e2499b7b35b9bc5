import { z } from "zod";
import type { Refusal } from "../validation/refusal.ts";
import { codePointCount, kindOf, nearest, shown } from "./message.ts";

/** Refuses the value under a schema's refinement and lets the other refinements run. A plain text would stop them. */
export function refuse(
  ctx: z.RefinementCtx,
  text: string,
  rule?: string,
  path: readonly PropertyKey[] = [],
): void {
  ctx.addIssue({ code: "custom", message: text, path: [...path], ...(rule && { params: { rule } }) });
}

/** The same for what a function found, if anything. */
export function refuseFound(
  ctx: z.RefinementCtx,
  found: Refusal | undefined,
  path: readonly PropertyKey[] = [],
): void {
  if (found !== undefined) refuse(ctx, found.text, found.rule, path);
}

/*
 * Refinements say nothing to a JSON Schema, so that what it can say of a limit stands beside them as metadata (`meta`),
 * made of the same numbers and patterns.
 */

/** Says which rule the schema's own issues (a missing value, a wrong type) come from, not those of its members. */
export function ruled<S extends z.ZodType>(schema: S, rule: string | undefined): S {
  if (rule === undefined) return schema;
  // Runs when the schema has refused the value, too: the issues have no text yet and no reader.
  const mark = (_: unknown, { issues }: z.RefinementCtx) => {
    const own = issues.filter(({ code, path = [] }) => path.length === 0 && code !== "unrecognized_keys");
    for (const issue of own) Object.assign(issue, { params: { rule } });
  };
  return schema.superRefine(mark, { when: () => true });
}

/** The `error` of a schema: the text for a missing value or one of the wrong type. */
export function wrongType(expected: string) {
  return (issue: { input?: unknown }): string =>
    issue.input === undefined ? "is required" : `must be ${expected}, got ${kindOf(issue.input)}`;
}

/** Any string; `expected` says what it is in the message: `a URL`. */
export function stringOf(expected: string, rule?: string): z.ZodString {
  return ruled(z.string({ error: wrongType(expected) }), rule);
}

/**
 * A text of `min` to `max` characters. Characters are Unicode code points: the published texts say
 * "characters" and an emoji or a rare Chinese character is one to its reader, though two UTF-16 units.
 * A lone surrogate is refused, because it would reach the service as another character.
 */
export function boundedText(min: number, max: number, rule?: string): z.ZodString {
  const text = stringOf("a string", rule).superRefine((value, ctx) => {
    const count = codePointCount(value);
    if (count < min || count > max) {
      refuse(ctx, `must be ${min} to ${max} characters long, got ${count}`, rule);
    } else if (!value.isWellFormed()) {
      refuse(ctx, "must be well-formed Unicode, got a lone surrogate", rule);
    }
  });
  return text.meta({ minLength: min, maxLength: max });
}

/** A whole number in a range, bounds included; `unit` is said in the message: `seconds`. */
export function boundedInteger(min: number, max: number, unit?: string, rule?: string): z.ZodNumber {
  const range = `a whole number from ${min} to ${max}${unit === undefined ? "" : ` ${unit}`}`;
  const integer = ruled(z.number({ error: wrongType(range) }), rule).superRefine((value, ctx) => {
    if (!Number.isInteger(value) || value < min || value > max) {
      refuse(ctx, `must be ${range}, got ${value}`, rule);
    }
  });
  return integer.meta({ minimum: min, maximum: max, multipleOf: 1 });
}

/** One of a fixed list of words; a near miss is told the word that was probably meant. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T, rule?: string) {
  const schema = z.enum(words, {
    error: ({ input }: { input?: unknown }) => {
      const expected = `one of ${words.join(", ")}`;
      if (input === undefined) return `is required: ${expected}`;
      const meant = typeof input === "string" ? nearest(input, words) : undefined;
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      return `must be ${expected}, got ${shown(input)}${hint}`;
    },
  });
  return ruled(schema, rule);
}
