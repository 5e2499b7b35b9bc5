import type { JsonSchema } from "../json-schema.ts";

export const INSTANCE_REFERENCE = "Reference<ChangeTrackingInstance>";
/** Interfaces that args of several resources have, by input. */
export const COMMON = { timeouts: "TimeoutsArgs" };

/** A part of a schema by the names that lead to it; `[]` is the item of a list, `{}` the value of a record. */
export function part(schema: JsonSchema, ...keys: readonly string[]): JsonSchema {
  return keys.reduce((at, key) => {
    const next = key === "[]" ? at.items : key === "{}" ? at.additionalProperties : at.properties?.[key];
    if (typeof next !== "object") throw new Error(`no input ${keys.join(".")}`);
    return next;
  }, schema);
}

export function union(name: string, doc: string, members: readonly string[]): string {
  return `\n/** ${doc} */\nexport type ${name} = ${members.join(" | ")};\n`;
}
