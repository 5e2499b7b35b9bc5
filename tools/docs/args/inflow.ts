import { type InterfacePlan, renderInterface } from "../interface.ts";
import { inputSchemas } from "../json-schema.ts";
import { COMMON, INSTANCE_REFERENCE, part, union } from "./parts.ts";

/** The forms in which a part of a message is made, with what each needs. */
const FORMS = {
  completeData: ["CompleteDataArgs", "The event as it is."],
  dataExtraction: ["DataExtractionArgs", "A part of the event.", "path"],
  fixedValue: ["FixedValueArgs", "The same for every event.", "value"],
  template: ["TemplateArgs", "Made of parts of the event.", "parameters", "template"],
} as const;

export function inflowTypes(): string[] {
  const schema = inputSchemas.inflowTask;
  const noun = "task";
  const source = part(schema, "source");
  const sink = part(schema, "sink");
  const member = { noun, isMember: true };
  const ids = ["instance", "groupId", "account", "password"];
  const forms = Object.entries(FORMS).map(([form, [name, doc, ...keys]]): InterfacePlan => {
    const needed = ["form", ...keys];
    return {
      ...member,
      name,
      doc,
      schema: part(sink, "body"),
      keys: needed,
      needed,
      types: { form: JSON.stringify(form) },
    };
  });
  const formsOf = (key: string) => {
    const allowed = part(sink, key, "form").enum ?? [];
    return `pulumi.Input<${allowed.map((form) => FORMS[form as keyof typeof FORMS][0]).join(" | ")}>`;
  };
  const plans: InterfacePlan[] = [
    {
      ...member,
      name: "InflowOffsetArgs",
      doc: "Where reading begins.",
      schema: source,
      keys: ["consumerOffset", "consumerOffsetZone", "accessMethod", "sourceInstanceId"],
    },
    {
      ...member,
      name: "InflowGroupSourceArgs",
      doc: "A group of the same program: the task goes by its account and password, and is deleted before it.",
      base: "InflowOffsetArgs",
      schema: source,
      keys: ["account", "password"],
      more: "/** The group, platform `changeTracking`; one task for each. Another group replaces the task. */\ngroup: ConsumerGroup;\n",
      never: { instance: "That of the group.", groupId: "That of the group." },
    },
    {
      ...member,
      name: "InflowIdSourceArgs",
      doc: "A group by its id. When the group is deleted by a program, this task counts as somebody else's.",
      base: "InflowOffsetArgs",
      schema: source,
      keys: ids,
      needed: ids,
      types: { instance: INSTANCE_REFERENCE },
      never: { group: "Either the group or its id." },
    },
    ...forms,
    {
      ...member,
      name: "InflowSinkArgs",
      doc: "The topic that the messages go to, and how they are made.",
      schema: sink,
      types: {
        body: formsOf("body"),
        properties: formsOf("properties"),
        key: formsOf("key"),
        tag: formsOf("tag"),
      },
    },
    {
      name: "InflowTaskArgs",
      doc: "Inputs of an `InflowTask`.",
      schema,
      noun,
      names: { ...COMMON, sink: "InflowSinkArgs" },
      types: { source: "InflowSourceArgs" },
    },
  ];
  const sources = union("InflowSourceArgs", "The group that a task reads with.", [
    "InflowGroupSourceArgs",
    "InflowIdSourceArgs",
  ]);
  return [...plans.map(renderInterface), sources];
}
