import { kindOf, nearest, shown } from "../limits/message.ts";
import { pathText } from "../limits/path.ts";
import { findMisshapen, NESTING_MAX, parseJson } from "../limits/shape.ts";
import { EventError, type Problem } from "./failure.ts";
import { PATTERN_FORM_NAMES, PATTERN_FORMS } from "./pattern-forms.ts";

/** MQ-12: forms (prefix, numeric, ...) in the list of one key. */
export const PATTERN_FORMS_PER_KEY_MAX = 5;

type Json = Readonly<Record<string, unknown>>;

/**
 * What is wrong with an event pattern, naming the key; undefined when nothing is (MQ-12). A pattern is an object
 * nested as the event is: all keys must match; at the end of each stands a list of alternatives. `{}` matches all.
 */
export function patternProblem(pattern: unknown): Problem | undefined {
  const misshapen = findMisshapen(pattern);
  if (misshapen !== undefined) return said(pathText(misshapen.path), misshapen.text);
  return isObject(pattern)
    ? keysProblem(pattern, "")
    : said("", `must be a JSON object, got ${kindOf(pattern)}`);
}

/** The same for a text that holds JSON. Empty text matches all events, as published. */
export function patternTextProblem(text: string): Problem | undefined {
  const parsed = parsedPattern(text);
  return "problem" in parsed ? said("", parsed.problem) : patternProblem(parsed.value);
}

/**
 * Whether an event satisfies a pattern. Comparison is by case and by JSON type. Of a list in the event any element
 * may match. A key that is missing fails every form but `exists: false`; `exists` asks for a leaf, and an object is
 * none. Throws an EventError with code InvalidEventPattern for a pattern that is not valid.
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  const problem = patternProblem(pattern);
  if (problem) throw new EventError("InvalidEventPattern", problem);
  return matchesKeys(pattern as Json, event);
}

/** Judges the pattern once; the function that it returns only compares. Throws as `matchesPattern` does. */
export function patternMatcher(text: string): (event: unknown) => boolean {
  const problem = patternTextProblem(text);
  if (problem) throw new EventError("InvalidEventPattern", problem);
  const parsed = parsedPattern(text) as { readonly value: Json };
  return (event) => matchesKeys(parsed.value, event);
}

function parsedPattern(text: string): { readonly value: unknown } | { readonly problem: string } {
  return text.trim() === "" ? { value: {} } : parseJson(text);
}

function keysProblem(pattern: Json, at: string): Problem | undefined {
  for (const [key, wanted] of Object.entries(pattern)) {
    const place = at === "" ? key : `${at}.${key}`;
    const problem = isObject(wanted) ? keysProblem(wanted, place) : listProblem(wanted, place);
    if (problem) return problem;
  }
  return undefined;
}

function listProblem(wanted: unknown, at: string): Problem | undefined {
  if (!Array.isArray(wanted)) {
    const example = wanted === null || isPlain(wanted) ? `, such as [${shown(wanted)}]` : "";
    return said(at, `must be a list of values${example}, got ${kindOf(wanted)}`);
  }
  if (wanted.length === 0) return said(at, "must name at least one value, got an empty list");
  const forms = wanted.filter(isObject).length;
  if (forms > PATTERN_FORMS_PER_KEY_MAX) {
    return said(at, `must hold at most ${PATTERN_FORMS_PER_KEY_MAX} forms of comparison, got ${forms}`);
  }
  for (const [i, one] of wanted.entries()) {
    const problem = alternativeProblem(one, `${at}[${i}]`);
    if (problem) return problem;
  }
  return undefined;
}

function alternativeProblem(one: unknown, at: string): Problem | undefined {
  if (one === null || isPlain(one)) return undefined;
  if (!isObject(one)) return said(at, `must be a value or a form of comparison, got ${kindOf(one)}`);
  const [name, ...more] = Object.keys(one);
  if (name === undefined || more.length > 0) {
    return said(at, `must hold exactly one form of comparison, got ${Object.keys(one).length}`);
  }
  const operand = one[name];
  if (name === "exists") {
    return typeof operand === "boolean"
      ? undefined
      : said(`${at}.exists`, `must be true or false, got ${kindOf(operand)}`);
  }
  const form = Object.hasOwn(PATTERN_FORMS, name) ? PATTERN_FORMS[name] : undefined;
  if (!form) {
    const meant = nearest(name, PATTERN_FORM_NAMES);
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    return said(`${at}.${name}`, `must be one of ${PATTERN_FORM_NAMES.join(", ")}${hint}`);
  }
  const problem = form.problem(operand);
  return problem && said(`${at}.${name}${problem.at}`, problem.text);
}

function matchesKeys(pattern: Json, event: unknown): boolean {
  if (Array.isArray(event) && Object.keys(pattern).length > 0) {
    return event.flat(NESTING_MAX).some((one) => !Array.isArray(one) && matchesKeys(pattern, one));
  }
  return Object.entries(pattern).every(([key, wanted]) => {
    const present = isObject(event) && Object.hasOwn(event, key);
    const value = present ? event[key] : undefined;
    return isObject(wanted) ? matchesKeys(wanted, value) : matchesAny(wanted as unknown[], value, present);
  });
}

function matchesAny(alternatives: readonly unknown[], value: unknown, present: boolean): boolean {
  const isLeaf = present && !isObject(value);
  const values = !isLeaf ? [] : Array.isArray(value) ? value.flat(NESTING_MAX) : [value];
  return alternatives.some((one) => {
    if (!isObject(one)) return values.includes(one);
    const [name = "", operand] = Object.entries(one)[0] ?? [];
    if (name === "exists") return operand === isLeaf;
    return values.some((each) => !isStructured(each) && PATTERN_FORMS[name]?.matches(operand, each) === true);
  });
}

function said(at: string, text: string): Problem {
  return { at, text, rule: "MQ-12" };
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStructured(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** A JSON value without members; NaN and the infinities are none. */
function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}
