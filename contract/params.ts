import { z } from "zod";
import { parseJson } from "./limits/shape.ts";
import { ruled } from "./limits/text.ts";

/*
 * Building blocks for request schemas. RPC calls bring texts, ROA bodies bring JSON values: each block takes
 * both. Empty text (and JSON null) counts as absent, because clients send unset values so: a required
 * parameter is then missing, an optional one undefined. Where empty means something (clear a remark), a room
 * says so with `textOrEmpty()`.
 */

function emptyToAbsent(value: unknown): unknown {
  return value === "" || value === null ? undefined : value;
}

/** The same, with what a client may send as its type. */
function absentWhenEmpty<Sent>(): (value: Sent) => unknown {
  return emptyToAbsent;
}

/** Required, not empty. `rules` adds limits, usually a schema of contract/limits. */
export function text<S extends z.ZodType = z.ZodString>(rules?: S) {
  return z.preprocess(absentWhenEmpty<z.input<S>>(), (rules ?? z.string()) as S);
}

/** Text that may be empty and must be sent; wrap it in `z.optional` where it may also be absent. */
export function textOrEmpty() {
  return z.string();
}

/** The same parameter, but it may be absent or empty: then undefined. */
export function optional<S extends z.ZodType>(schema: S) {
  return z.preprocess(absentWhenEmpty<z.input<S> | undefined>(), schema.optional()).optional();
}

/** The same parameter with a value for absent or empty. */
export function withDefault<S extends z.ZodType>(schema: S, value: z.output<S>) {
  return optional(schema).transform(
    (given): z.output<S> => (given === undefined ? value : (given as z.output<S>)),
  );
}

export interface IntegerBounds {
  readonly min?: number;
  readonly max?: number;
  /** Id of the documented rule, e.g. `MQ-2`. */
  readonly rule?: string;
}

/** Digits as text, or a JSON number. Default bounds are those of a signed 32-bit integer. */
export function integer(bounds: IntegerBounds = {}) {
  const min = bounds.min ?? -(2 ** 31);
  const max = bounds.max ?? 2 ** 31 - 1;
  const say = (issue: { input?: unknown }) =>
    `must be an integer from ${min} to ${max}, got ${shown(issue.input)}`;
  return z.preprocess(
    (value: number | string) =>
      typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : emptyToAbsent(value),
    ruled(z.int({ error: say }).min(min, { error: say }).max(max, { error: say }), bounds.rule),
  );
}

/** `true` or `false` in any case, or a JSON boolean. */
export function flag() {
  return z.preprocess(
    (value: boolean | string) =>
      typeof value === "string" && /^(true|false)$/i.test(value)
        ? value.toLowerCase() === "true"
        : emptyToAbsent(value),
    z.boolean({ error: (issue) => `must be true or false, got ${shown(issue.input)}` }),
  );
}

/** One parameter that holds JSON text; JSON that came unquoted in a JSON body is taken as it is. */
export function jsonText<S extends z.ZodType>(schema: S) {
  return z
    .preprocess(
      absentWhenEmpty<z.input<S> | string>(),
      z.unknown().transform((value, context) => {
        // Absent goes on to the schema, which says whether that is allowed.
        if (typeof value !== "string") return value;
        const parsed = parseJson(value);
        if ("value" in parsed) return parsed.value;
        context.addIssue({ code: "custom", message: parsed.problem });
        return z.NEVER;
      }),
    )
    .pipe(schema);
}

/** A repeated parameter (`Name.1`, `Name.2`) or a JSON array. */
export function list<S extends z.ZodType>(item: S, bounds: { min?: number; max?: number } = {}) {
  const { min = 0, max = 1000 } = bounds;
  const say = (issue: { input?: unknown }) =>
    `must have ${min} to ${max} items, got ${Array.isArray(issue.input) ? issue.input.length : shown(issue.input)}`;
  return z.preprocess(
    absentWhenEmpty<readonly z.input<S>[]>(),
    z.array(item, { error: say }).min(min, { error: say }).max(max, { error: say }),
  );
}

/** Megabytes of commas would be cut into millions of items only to be refused. */
const CSV_CHARS_MAX = 200_000;

/** Comma-joined text; blanks around the items and empty items are dropped. */
export function csv(bounds: { min?: number; max?: number } = {}) {
  return z.preprocess(
    (value: string | readonly string[]) =>
      typeof value === "string" && value.length <= CSV_CHARS_MAX
        ? value.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]))
        : value,
    list(z.string(), bounds),
  );
}

/** Numbers, short texts and flags are shown; anything else by its kind only. */
function shown(value: unknown): string {
  if (value === undefined || value === "") return "nothing";
  if (typeof value === "string")
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "a list" : "an object";
}
