import type { z } from "zod";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { isSecretName, withoutValue } from "../../../contract/secrets/index.ts";
import { ASKING, issueText } from "../../../contract/validation/issue.ts";
import { ruleOf } from "../../../contract/validation/refusal.ts";
import type { Envelope, ParameterIssue } from "../kit/action.ts";

/** A request schema with what decoding needs to know of it, worked out once. */
export interface CompiledRequest {
  readonly schema: z.ZodType;
  /** Declared top-level names by the form with the other case of the first letter. */
  readonly otherCase: ReadonlyMap<string, string>;
}

interface SchemaShape {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, unknown>>;
    readonly in?: z.ZodType;
    readonly innerType?: z.ZodType;
    readonly left?: z.ZodType;
    readonly right?: z.ZodType;
    readonly options?: readonly z.ZodType[];
  };
}

export function compileRequest(schema: z.ZodType): CompiledRequest {
  const names = declaredNames(schema);
  const otherCase = new Map<string, string>();
  for (const name of names) {
    const other = flipped(name);
    if (!names.has(other)) otherCase.set(other, name);
  }
  return { schema, otherCase };
}

/** Top-level parameter names of a schema: an object, or one inside refinements, pipes, unions and intersections. */
export function declaredNames(schema: z.ZodType): Set<string> {
  const { def } = (schema as unknown as { _zod: SchemaShape })._zod;
  if (def.type === "object") return new Set(Object.keys(def.shape ?? {}));
  const parts = [def.in, def.innerType, def.left, def.right, ...(def.options ?? [])];
  return new Set(parts.flatMap((part) => (part ? [...declaredNames(part)] : [])));
}

function flipped(name: string): string {
  const first = name.charAt(0);
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  return other + name.slice(1);
}

/** Gives names the first letter that the schema declares; clients send either. */
export function declaredCase(
  request: CompiledRequest,
  input: Record<string, unknown>,
): Record<string, unknown> {
  for (const name of Object.keys(input)) {
    const declared = request.otherCase.get(name);
    if (declared === undefined) continue;
    if (!Object.hasOwn(input, declared)) input[declared] = input[name];
    delete input[name];
  }
  return input;
}

/** The parameters as the handler takes them. Throws the room's error for the first one that is refused. */
export function decodeParameters(
  request: CompiledRequest,
  input: Record<string, unknown>,
  envelope: Envelope,
): unknown {
  const parsed = request.schema.safeParse(input, ASKING);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  const issue = first
    ? toParameterIssue(first, input)
    : { parameter: "", missing: false, message: "is not valid" };
  throw envelope.invalid?.(issue) ?? parameterError(issue);
}

/** The gateway's own form: `Missing{Name}` or `Invalid{Name}`. Rooms may build on it. */
function parameterError(issue: ParameterIssue): ServiceError {
  if (issue.missing) return serviceError(GATEWAY_ERRORS.Missing, { parameter: issue.parameter });
  return serviceError(GATEWAY_ERRORS.Invalid, { parameter: issue.parameter, detail: `${issue.message}.` });
}

/** zod's issue in published terms: members joined by dots, list items counted from 1. */
function toParameterIssue(issue: z.core.$ZodIssue, input: unknown): ParameterIssue {
  const path = issue.path.map((part) => (typeof part === "number" ? part + 1 : String(part)));
  const isSecret = issue.path.some((part) => isSecretName(String(part)));
  const text = issueText(issue, isSecret);
  const rule = ruleOf(issue);
  return {
    parameter: path.join("."),
    missing: isAbsent(valueAt(input, issue.path)),
    message: isSecret ? withoutValue(text) : text,
    ...(rule === undefined ? {} : { rule }),
  };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null) {
      // Inside JSON text the input cannot be followed further: it was sent, so it is not missing.
      return value;
    }
    value = Object.hasOwn(value, part) ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }
  return value;
}
