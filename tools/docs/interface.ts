import { withSentence } from "../../provider/schema/marks.ts";
import { isMixed, isNeeded, type JsonSchema } from "./json-schema.ts";

/** One interface of a resource's args: what of it the schema cannot say. */
export interface InterfacePlan {
  readonly name: string;
  readonly doc: string;
  readonly schema: JsonSchema;
  /** What a change replaces: `instance`. */
  readonly noun: string;
  /** True for an object inside the inputs, whose members say what a change does only when they differ. */
  readonly isMember?: boolean;
  readonly base?: string;
  /** Default: all of the schema. */
  readonly keys?: readonly string[];
  /** Whole types, where a program gives something else than the provider gets, or a schema takes more than is valid. */
  readonly types?: Readonly<Record<string, string>>;
  /** Names of interfaces for objects, by the input that they are of. */
  readonly names?: Readonly<Record<string, string>>;
  readonly needed?: readonly string[];
  /** What a program cannot give here, with the reason. */
  readonly never?: Readonly<Record<string, string>>;
  /** Version of RocketMQ, for `replaces on 4.x`. */
  readonly version?: "4.x" | "5.x";
  /** Members that the provider never gets. */
  readonly more?: string;
}

const DOC_WIDTH = 105;

export function renderInterface(plan: InterfacePlan): string {
  const { schema, keys = Object.keys(schema.properties ?? {}), never = {}, base } = plan;
  const given = keys.filter((key) => never[key] === undefined).map((key) => member(plan, key));
  const refused = Object.entries(never).map(([key, why]) => `${docComment(why)}${key}?: never;\n`);
  const heritage = base === undefined ? "" : ` extends ${base}`;
  const body = [plan.more ?? "", ...given, ...refused].join("");
  return `\n${docComment(plan.doc)}export interface ${plan.name}${heritage} {\n${body}}\n`;
}

function member(plan: InterfacePlan, key: string): string {
  const field = plan.schema.properties?.[key];
  if (field === undefined) throw new Error(`${plan.name} has no input ${key}`);
  if (field.readOnly) return `${docComment(field.description ?? "")}${key}?: never;\n`;
  const isRequired = plan.needed?.includes(key) ?? isNeeded(plan.schema, key);
  const type = plan.types?.[key] ?? inputType(field, plan.names?.[key]);
  const doc = docComment(described(plan, field, isRequired));
  return `${doc}${key}${isRequired ? "" : "?"}: ${type};\n`;
}

/** The description with the default that is filled in and what a change does. */
function described(plan: InterfacePlan, field: JsonSchema, isRequired: boolean): string {
  const { description = "", filledIn } = field;
  const filled = filledIn === undefined || isRequired ? [] : [`Default: ${filledIn}.`];
  return [...filled, ...changeSentence(plan, field)].reduce(withSentence, description);
}

function changeSentence({ schema, isMember, noun, version }: InterfacePlan, field: JsonSchema): string[] {
  const { onChange } = field;
  const isSaidElsewhere = isMember ? !isMixed(schema) : isMixed(field);
  if (isSaidElsewhere || onChange === "nothing") return [];
  const isReplaced = onChange === "replaces" || (onChange === "replaces on 4.x" && version === "4.x");
  return [isReplaced ? `A change replaces the ${noun}.` : "Changed in place."];
}

function inputType(field: JsonSchema, name?: string): string {
  const type = plainType(field, name);
  return field.const !== undefined || type === "unknown" ? type : `pulumi.Input<${type}>`;
}

function plainType(field: JsonSchema, name?: string): string {
  const { anyOf, const: only, enum: words, items, properties, additionalProperties, type } = field;
  if (anyOf !== undefined) return anyOf.map((one) => plainType(one, name)).join(" | ");
  if (only !== undefined) return JSON.stringify(only);
  if (words !== undefined) return literals(words);
  if (items !== undefined) return `${inputType(items, name)}[]`;
  if (properties !== undefined) return name ?? inlineType(field);
  if (typeof additionalProperties === "object")
    return `Record<string, ${inputType(additionalProperties, name)}>`;
  return type === undefined ? "unknown" : [type].flat().join(" | ");
}

function inlineType(schema: JsonSchema): string {
  const members = Object.entries(schema.properties ?? {}).map(
    ([key, field]) =>
      `${docComment(field.description ?? "")}${key}${isNeeded(schema, key) ? "" : "?"}: ${inputType(field)};\n`,
  );
  return `{\n${members.join("")}}`;
}

export function literals(words: readonly string[]): string {
  return words.map((word) => JSON.stringify(word)).join(" | ");
}

/** A JSDoc comment, in lines of readable width. */
function docComment(text: string): string {
  if (text === "") return "";
  if (text.length <= DOC_WIDTH) return `/** ${text} */\n`;
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length + 1 > DOC_WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return `/**\n${lines.map((line) => ` * ${line}\n`).join("")} */\n`;
}
