import type { z } from "zod";
import { type Path, pathText, valueAt } from "../../contract/limits/path.ts";
import { refuse } from "../../contract/limits/text.ts";
import type { Refusal } from "../../contract/validation/refusal.ts";
import { containsUnknown, isUnknown } from "./unknown.ts";

/** A rule across fields of one object. */
export interface FieldsRule<T> {
  /** Paths of the fields it reads. It is skipped while one of them is unknown or already refused. */
  readonly reads: readonly (readonly string[])[];
  /** The field at fault and what is wrong with it, or undefined. */
  readonly refuse: (value: T) => FieldRefusal | undefined;
}

interface FieldRefusal extends Refusal {
  readonly at: readonly string[];
}

/** Puts what a limit says, if it says anything, at a field. */
export function refusedAt(at: readonly string[], found: Refusal | undefined): FieldRefusal | undefined {
  return found && { at, ...found };
}

/**
 * Adds rules across fields to an object schema. Unlike a plain refinement they also run when other fields
 * are wrong or unknown, so that one preview shows everything.
 */
export function withRules<S extends z.ZodObject>(schema: S, rules: readonly FieldsRule<z.output<S>>[]): S {
  return rules.reduce<S>((checked, rule) => {
    const when = ({ value, issues }: z.core.ParsePayload) => canJudge(value, issues, rule.reads);
    return checked.superRefine(
      (value, ctx) => {
        const refused = rule.refuse(value);
        if (refused !== undefined) {
          refuse(ctx, refused.text, refused.rule, refused.at);
        }
      },
      { when },
    );
  }, schema);
}

function canJudge(
  value: unknown,
  issues: readonly { code?: string; path?: Path }[],
  reads: readonly Path[],
): boolean {
  if (typeof value !== "object" || value === null) return false;
  return reads.every(
    (read) => !isUnjudged(value, read) && !issues.some((issue) => refusesField(issue, read)),
  );
}

/** Unknown itself, holding something unknown, or part of something unknown. */
function isUnjudged(value: unknown, read: Path): boolean {
  return (
    containsUnknown(valueAt(value, read)) || read.some((_, i) => isUnknown(valueAt(value, read.slice(0, i))))
  );
}

/** An input that is not known says nothing about the known ones. */
function refusesField({ code, path = [] }: { code?: string; path?: Path }, read: Path): boolean {
  return code !== "unrecognized_keys" && overlaps(path, read);
}

/** Whether one path is the other or lies inside it. */
function overlaps(a: Path, b: Path): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return pathText(long.slice(0, short.length)) === pathText(short);
}
