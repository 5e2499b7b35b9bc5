import { z } from "zod";
import { type Form, type Part, partProblem, variablesOf } from "../../contract/eventbridge/transform.ts";

import { oneOf, refuseFound, ruled, stringOf, wrongType } from "../../contract/limits/text.ts";
import { type FieldsRule, withRules } from "./rules.ts";
import { isUnknown } from "./unknown.ts";

/** Words of the input `form`, and what the API calls them. */
export const MESSAGE_FORMS = {
  completeData: "ORIGINAL",
  dataExtraction: "JSONPATH",
  fixedValue: "CONSTANT",
  template: "TEMPLATE",
} as const satisfies Record<string, Form>;
type MessageForm = keyof typeof MESSAGE_FORMS;

/** The members that belong to each form. */
const MEMBERS: Readonly<Record<MessageForm, readonly Member[]>> = {
  completeData: [],
  dataExtraction: ["path"],
  fixedValue: ["value"],
  template: ["parameters", "template"],
};
type Member = "path" | "value" | "parameters" | "template";
const ALL_MEMBERS: readonly Member[] = ["path", "value", "parameters", "template"];

const EXAMPLES: Readonly<Record<Member, string>> = {
  path: "a JSONPath such as $.data.name",
  value: "the fixed value",
  parameters: 'an object such as { name: "$.data.name" }',
  template: `the text to fill, with \${name} for each parameter`,
};

const path = stringOf("a JSONPath", "MQ-11").superRefine((value, ctx) => {
  const problem = isUnknown(value)
    ? undefined
    : partProblem({ Form: "JSONPATH", Value: value }, ["JSONPATH"]);
  refuseFound(ctx, problem);
});

const parameter = ruled(
  z.union([z.string(), z.number(), z.boolean()], { error: "must be a JSONPath or a constant" }),
  "MQ-11",
).superRefine((value, ctx) => {
  if (isUnknown(value)) return;
  // As the one parameter of a template, so that a path is told from a constant in one place only.
  const part: Part = { Form: "TEMPLATE", Value: JSON.stringify({ one: value }), Template: "one" };
  const problem = partProblem(part, ["TEMPLATE"]);
  refuseFound(ctx, problem);
});

const memberFields = {
  path: path
    .optional()
    .describe("With form dataExtraction: the JSONPath, such as $.data.name. Source: MQ-11."),
  value: stringOf("a string", "MQ-11")
    .optional()
    .describe("With form fixedValue: the value, not empty. Source: MQ-11."),
  parameters: z
    .record(z.string(), parameter)
    .optional()
    .describe("With form template: JSONPath or constant by name. Source: MQ-11."),
  template: stringOf("a string", "MQ-11")
    .optional()
    .describe(`With form template: the text, with \${name} for each parameter. Source: MQ-11.`),
};

/** One part of a message: how it is made. `rule` is the id that a form which is not allowed is refused with. */
export function messagePart(allowed: readonly [MessageForm, ...MessageForm[]], rule: string) {
  const fields = z.strictObject(
    {
      form: oneOf(allowed, rule).describe(`How it is made: ${allowed.join(", ")}. Source: ${rule}.`),
      ...memberFields,
    },
    {
      error: wrongType("an object with form"),
    },
  );
  return withRules(ruled(fields, rule), [...ALL_MEMBERS.map(memberRule), undeclared]);
}

type Fields = { readonly form: MessageForm } & Partial<Record<Member, unknown>>;

function memberRule(member: Member): FieldsRule<Fields> {
  return {
    reads: [["form"], [member]],
    refuse: (part) => {
      const belongs = MEMBERS[part.form].includes(member);
      const given = part[member];
      if (belongs && (given === undefined || given === "")) {
        return { at: [member], text: `is required: ${EXAMPLES[member]}`, rule: "MQ-11" };
      }
      if (belongs || given === undefined) return undefined;
      return { at: [member], text: `must be left out with form ${part.form}`, rule: "MQ-11" };
    },
  };
}

/** Goes by the names only, so it judges also while what a parameter stands for is not known. */
const undeclared: FieldsRule<Fields> = {
  reads: [["form"], ["template"]],
  refuse: ({ form, template, parameters }) => {
    if (form !== "template" || typeof template !== "string" || isUnknown(parameters)) return undefined;
    if (typeof parameters !== "object" || parameters === null) return undefined;
    const names = Object.fromEntries(Object.keys(parameters).map((name) => [name, ""]));
    const part: Part = { Form: "TEMPLATE", Value: JSON.stringify(names), Template: template };
    const problem = variablesOf(template).length === 0 ? undefined : partProblem(part, ["TEMPLATE"]);
    return problem?.at === "Template" ? { ...problem, at: ["template"] } : undefined;
  },
};
