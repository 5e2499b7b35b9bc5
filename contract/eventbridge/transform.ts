import { kindOf, listed, namesListed, shown } from "../limits/message.ts";
import { parseJson } from "../limits/shape.ts";
import { EventError, type Problem } from "./failure.ts";
import { jsonPathProblem, openJsonPath } from "./json-path.ts";

/** How a part of a message is made, words as published. */
export const FORMS = {
  ORIGINAL: "Complete Data",
  JSONPATH: "Data Extraction",
  CONSTANT: "Fixed Value",
  TEMPLATE: "Template",
} as const;
export type Form = keyof typeof FORMS;
export const FORM_NAMES = Object.keys(FORMS) as Form[];
/** What a part without a form is, as published. */
export const FORM_DEFAULT: Form = "CONSTANT";

/** One parameter of a sink, as sent. Null counts as absent. */
export interface Part {
  readonly Form?: string | null | undefined;
  readonly Value?: string | null | undefined;
  readonly Template?: string | null | undefined;
}

/** Makes one value of an event; undefined where an extraction finds nothing. */
export type Builder = (event: unknown) => unknown;

const VARIABLE = /\$\{([^{}]*)\}/g;
/** Variables of one template. */
export const VARIABLES_MAX = 100;

/** Whether a part says nothing: "Not Specified". */
export function isUnspecified(part: Part | null | undefined): boolean {
  return !part || (!part.Form && !part.Value && !part.Template);
}

/**
 * What is wrong with a part; undefined when nothing is. `at` is the member at fault: Form, Value or Template.
 * `rule` is the id that a form which is not allowed is refused with.
 */
export function partProblem(part: Part, allowed: readonly Form[], rule?: string): Problem | undefined {
  const form = part.Form || FORM_DEFAULT;
  if (!(allowed as readonly string[]).includes(form)) {
    const words = listed(allowed.map((one) => `${one} (${FORMS[one]})`));
    return { at: "Form", text: `must be ${words}, got ${shown(form)}`, rule };
  }
  if (form === "ORIGINAL") return undefined;
  if (!part.Value) {
    const needed = {
      JSONPATH: "a JSONPath such as $.data.name",
      CONSTANT: "the fixed value",
      TEMPLATE: 'the parameters as JSON text, such as {"name": "$.data.name"}',
    }[form as Exclude<Form, "ORIGINAL">];
    return { at: "Value", text: `is required: ${needed}`, rule: "MQ-11" };
  }
  if (form === "CONSTANT") return undefined;
  if (form === "JSONPATH") {
    const problem = jsonPathProblem(part.Value);
    return problem && { at: "Value", ...problem };
  }
  return templateProblem(part.Value, part.Template);
}

function templateProblem(value: string, template: string | null | undefined): Problem | undefined {
  const parameters = parsedParameters(value);
  if ("problem" in parameters) return { at: "Value", text: parameters.problem, rule: "MQ-11" };
  for (const [name, source] of Object.entries(parameters.value)) {
    const problem = isPath(source) ? jsonPathProblem(source) : undefined;
    if (problem !== undefined) return { at: `Value.${name}`, ...problem };
  }
  if (!template) return { at: "Template", text: "is required: the text to fill", rule: "MQ-11" };
  const names = variablesOf(template);
  if (names.length > VARIABLES_MAX) {
    const text = `must use at most ${VARIABLES_MAX} variables, got ${names.length}`;
    return { at: "Template", text, rule: "MQ-11" };
  }
  const unknown = names.find((name) => !Object.hasOwn(parameters.value, name));
  if (unknown === undefined) return undefined;
  const known = namesListed(Object.keys(parameters.value));
  return {
    at: "Template",
    text: `uses \${${unknown.slice(0, 80)}}, which is not declared; declared: ${known || "none"}`,
    rule: "MQ-11",
  };
}

/** The names in `${...}`, each once, in order. */
export function variablesOf(template: string): string[] {
  return [...new Set([...template.matchAll(VARIABLE)].map(([, name = ""]) => name))];
}

function parsedParameters(
  text: string,
): { readonly value: Readonly<Record<string, unknown>> } | { readonly problem: string } {
  const parsed = parseJson(text);
  if ("problem" in parsed) return parsed;
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { problem: `must be a JSON object from name to JSONPath or constant, got ${kindOf(value)}` };
  }
  return { value: value as Readonly<Record<string, unknown>> };
}

/** A parameter of a template that begins like a path is one; everything else is a constant. */
function isPath(source: unknown): source is string {
  return typeof source === "string" && /^\$(\.|\[|$)/.test(source);
}

/** Makes the function that builds a part. Throws an EventError with code InvalidTransform for one that is not valid. */
export function partBuilder(part: Part): Builder {
  const problem = partProblem(part, FORM_NAMES);
  if (problem) throw new EventError("InvalidTransform", problem);
  const value = part.Value ?? "";
  switch (part.Form || FORM_DEFAULT) {
    case "ORIGINAL":
      return (event) => event;
    case "JSONPATH":
      return reader(value);
    case "TEMPLATE":
      return templateBuilder(value, part.Template ?? "");
    default:
      return () => value;
  }
}

/** The parameters of a valid template by name, each a function of the event. */
export function parameterReaders(value: string): ReadonlyMap<string, Builder> {
  const parameters = parsedParameters(value);
  if ("problem" in parameters) {
    throw new EventError("InvalidTransform", { at: "Value", text: parameters.problem });
  }
  return new Map(
    Object.entries(parameters.value).map(([name, source]): [string, Builder] => [
      name,
      isPath(source) ? reader(source) : () => source,
    ]),
  );
}

function templateBuilder(value: string, template: string): Builder {
  const readers = parameterReaders(value);
  return (event) => filled(template, (name) => readers.get(name)?.(event));
}

/** Texts go in without quotes, everything else as JSON, what was not found as nothing. */
export function filled(template: string, lookUp: (name: string) => unknown): string {
  return template.replace(VARIABLE, (_, name: string) => textOf(lookUp(name)));
}

/** A built value as the text that a message carries. Undefined is empty. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    throw failed("is no JSON value");
  }
}

function reader(path: string): Builder {
  const opened = openJsonPath(path);
  if (!opened) {
    const problem = jsonPathProblem(path) ?? { text: "is no JSONPath" };
    throw new EventError("InvalidTransform", { at: "Value", ...problem });
  }
  return (event) => {
    try {
      return opened.read(event);
    } catch {
      throw failed(`cannot be read at ${path.slice(0, 80)}`);
    }
  };
}

function failed(text: string): EventError {
  return new EventError("TransformFailed", { at: "event", text });
}
