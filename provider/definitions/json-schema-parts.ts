import { z } from "zod";
import { isSecretName } from "../../contract/secrets/index.ts";
import { withSentence } from "../schema/marks.ts";
import { type MapName, NOUNS } from "./maps.ts";
import { REFERENCES } from "./references.ts";

/** A part of a JSON Schema, with the marks of `provider/schema/marks.ts`. */
export interface Part {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly required?: readonly string[];
}

type Path = readonly string[];
type References = (typeof REFERENCES)[MapName];

/** The inputs of a resource as a file has them: with secrets from elsewhere, names of definitions, and no outputs. */
export function adapted(map: MapName, schema: z.ZodType, hasReferences = true): Part {
  const plain = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", target: "draft-7" }) as Part;
  const { $schema: _, ...part } = plain;
  return walk(part, [], hasReferences ? REFERENCES[map] : []);
}

function walk(given: Part, path: Path, references: References): Part {
  const { onChange, filledIn: _, only: __, readOnly: ___, properties, required = [], ...rest } = given;
  const below = (member: unknown, name: string) => walk(member as Part, [...path, name], references);
  const whole = integerOf({ ...rest, ...descriptionOf(rest.description, onChange) });
  if (typeof whole.items === "object") whole.items = below(whole.items, "[]");
  if (typeof whole.additionalProperties === "object") {
    whole.additionalProperties = below(whole.additionalProperties, "{}");
  }
  for (const union of ["anyOf", "oneOf"]) {
    const members = whole[union];
    if (Array.isArray(members)) whole[union] = members.map((one) => walk(one as Part, path, references));
  }
  if (properties === undefined) return whole;
  const kept = Object.entries(properties).filter(([, member]) => member.readOnly !== true);
  // Names, say, are filled in.
  const needed = required.filter((name) => properties[name]?.filledIn === undefined);
  const members = kept.map(([name, member]) => [name, memberOf(member, [...path, name], references)]);
  return {
    ...whole,
    ...(needed.length > 0 && { required: needed }),
    properties: Object.fromEntries(members),
  };
}

function memberOf(member: Part, path: Path, references: References): Part {
  const own = walk(member, path, references);
  const { description } = own;
  if (isSecretName(path.at(-1) ?? "")) return { description, allOf: [{ $ref: "#/definitions/secret" }] };
  const reference = references.find((one) => one.path.join(".") === path.join("."));
  if (reference === undefined) return own;
  const target = { $ref: `#/definitions/${NOUNS[reference.to]}Reference` };
  return reference.isList === true ? { ...own, items: target } : { description, allOf: [target] };
}

/** As files have it; what a change does stands in the text that editors show. */
function descriptionOf(description: unknown, onChange: unknown): Part {
  if (typeof description !== "string") return {};
  const text = REPLACED.reduce((before, [words, instead]) => before.replace(words, instead), description);
  if (onChange !== "replaces" && onChange !== "replaces on 4.x") return { description: text };
  return { description: withSentence(text, CHANGES[onChange]) };
}

const CHANGES = {
  replaces: "A change replaces it.",
  "replaces on 4.x": "On 4.x a change replaces it.",
} as const;

/** What a program can give and a file cannot. */
const REPLACED: readonly (readonly [string | RegExp, string])[] = [
  ["the resource or its id", "the name of its definition, or { id: ID } of one that exists"],
  ["a resource or the id of any", "the name of its definition or { id: ID }, and with other products its id"],
  ["resources or ids", "names of definitions, or { id: ID } of those that exist"],
  ["that is given as a resource", "that is a definition"],
  ["given as resource", "that is a definition"],
  [
    /`group` \(the resource, which brings the rest\)/,
    "`group` (the name of its definition, which brings the rest)",
  ],
  [/\bSecret\./, "Secret: { config: KEY } or { env: NAME }."],
];

/** Whole numbers are said as such, which reads better than a multiple of 1. */
function integerOf(part: Part): Record<string, unknown> {
  if (part.type !== "number" || part.multipleOf !== 1) return { ...part };
  const { multipleOf: _, ...rest } = part;
  return { ...rest, type: "integer" };
}
