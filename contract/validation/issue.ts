import type { z } from "zod";
import { kindOf, namesListed, shown } from "../limits/message.ts";

/** How a schema is asked, so that `issueText` finds what it needs: no text that zod has chosen, and the value given. */
export const ASKING = { reportInput: true, error: () => "" } as const;

const NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What an issue says, to be put behind the name of its place. `secret` keeps the value out. */
export function issueText(issue: z.core.$ZodIssue, secret = false): string {
  // The schema's own.
  if (issue.message !== "") return issue.message;
  if (issue.input === undefined && issue.code === "invalid_type") return "is required";
  const got = secret ? "" : `, got ${shown(issue.input)}`;
  switch (issue.code) {
    case "invalid_type":
      return `must be ${NAMES[issue.expected] ?? `a ${issue.expected}`}, got ${givenText(issue, secret)}`;
    case "invalid_value":
      return literalText(issue.values, issue.input === undefined ? undefined : got);
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "must not be empty";
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}${got}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}${got}`;
    case "unrecognized_keys":
      return `must not hold ${namesListed(issue.keys.map(shown), "or")}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}${got}`;
    case "invalid_format":
      if (issue.pattern !== undefined && issue.format === "regex") return `must match ${issue.pattern}${got}`;
      return `must be a valid ${issue.format}${got}`;
    default:
      return `is not valid${got}`;
  }
}

/** What was given in place of another type; a number in place of a whole or a finite one is shown. */
function givenText({ expected, input }: z.core.$ZodIssueInvalidType, secret: boolean): string {
  const isOddNumber = (expected === "int" || expected === "number") && typeof input === "number";
  return isOddNumber && !secret ? String(input) : kindOf(input);
}

/** `got` is undefined when the value is missing. */
export function literalText(values: readonly unknown[], got: string | undefined): string {
  const words = values.map(String);
  const expected = words.length === 1 ? words.join("") : `one of ${words.join(", ")}`;
  return got === undefined ? `is required: ${expected}` : `must be ${expected}${got}`;
}

function unitOf(origin: string): string {
  if (origin === "string") return " characters long";
  return origin === "array" || origin === "set" ? " items long" : "";
}

/** The fields of the object schema that met an unknown key. */
export function knownKeys(schema: unknown): string[] {
  const shape = (schema as { def?: { shape?: Record<string, unknown> } } | undefined)?.def?.shape;
  return shape === undefined ? [] : Object.keys(shape);
}
