import type { z } from "zod";
import { nearest } from "../limits/message.ts";
import { type Path, pathText, valueAt } from "../limits/path.ts";
import { findMisshapen } from "../limits/shape.ts";
import { isSecretName } from "../secrets/index.ts";
import { ASKING, issueText, knownKeys } from "./issue.ts";
import { ruleOf } from "./refusal.ts";
import { closestMember, type Found } from "./union.ts";

/** One thing that is wrong with a value. */
export interface Violation {
  /** Id of the documented rule, for example `DTS-4`; undefined when the refusal comes from a type or from this project. */
  readonly rule: string | undefined;
  /** Where, for example `source.port` or `objects.shop.tables[2]`; empty for the value as a whole. */
  readonly property: string;
  readonly path: readonly (string | number)[];
  /** Field, limit and value given, without the rule. Never holds a secret. */
  readonly message: string;
  /** The value given, when it is a plain one and no secret. */
  readonly value?: string | number | boolean | null;
}

export interface ViolationOptions {
  /** Leaves out what hangs on such values; see `judge`. */
  readonly isUnknown?: (value: unknown) => boolean;
}

type Issue = z.core.$ZodIssue;

/**
 * Everything that is wrong with `value`, in the order of the schema's fields; empty when nothing is. Both
 * sides use it, so a refusal reads the same at preview and on the wire.
 */
export function violationsOf(schema: z.ZodType, value: unknown, options: ViolationOptions = {}): Violation[] {
  const keys = new Map<string, readonly string[]>();
  const result = schema.safeParse(value, {
    ...ASKING,
    error: (issue) => {
      if (issue.code === "unrecognized_keys") keys.set(pathText(issue.path ?? []), knownKeys(issue.inst));
      return "";
    },
  });
  const issues = result.success ? [] : result.error.issues;
  const found = issues.flatMap((issue) => spread(issue, [], value, options));
  const misshapen = findMisshapen(value);
  const isSaid = found.some((one) => misshapen && pathText(one.path) === pathText(misshapen.path));
  if (misshapen !== undefined && !isSaid) found.push(misshapen);
  return found.map(({ path, text, rule, keysAt }) => {
    const at = valueAt(value, path);
    const message = keysAt === undefined ? text : unknownKeyText(path, keys.get(keysAt) ?? []);
    const property = pathText(path);
    return {
      rule,
      property,
      path: path.map((part) => (typeof part === "number" ? part : String(part))),
      message: property === "" ? message : `${property} ${message}`,
      // The value of an unknown key may be a secret under a misspelt name.
      ...(isPlain(at) && keysAt === undefined && !isSecretPath(path) ? { value: at } : {}),
    };
  });
}

/** One issue as the violations it stands for: one for each unknown key, those of the closest union member. */
function spread(issue: Issue, base: Path, root: unknown, options: ViolationOptions): Found[] {
  const path = [...base, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    const keysAt = pathText(issue.path);
    return issue.keys.map((key) => ({ path: [...path, key], text: "", keysAt }));
  }
  if (hangsOnUnknown(root, path, options)) return [];
  const found = { path, text: issueText(issue, isSecretPath(path)), rule: ruleOf(issue) };
  if (issue.code === "invalid_value") return [{ ...found, literals: issue.values }];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [found];
  const members = issue.errors.map((errors) => errors.flatMap((inner) => spread(inner, path, root, options)));
  return closestMember(members, found, root);
}

function hangsOnUnknown(root: unknown, path: Path, { isUnknown }: ViolationOptions): boolean {
  if (isUnknown === undefined) return false;
  for (let length = 0; length <= path.length; length++) {
    if (isUnknown(valueAt(root, path.slice(0, length)))) return true;
  }
  return false;
}

function unknownKeyText(path: Path, known: readonly string[]): string {
  if (known.length === 0) return "is not an input here";
  const meant = nearest(String(path.at(-1)), known);
  return meant === undefined
    ? `is not an input here; the inputs are ${known.join(", ")}`
    : `is not an input here; did you mean ${meant}?`;
}

function isSecretPath(path: Path): boolean {
  return path.some((part) => typeof part === "string" && isSecretName(part));
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
