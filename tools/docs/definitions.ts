import { definitionsSchema } from "../../provider/definitions/json-schema.ts";
import { formatted } from "./args.ts";

/** The JSON Schema of definitions, which the provider's package has for editors, by path, as it should be. */
export function schemaFiles(): Record<string, string> {
  const path = "provider/definitions.schema.json";
  return { [path]: formatted(path, JSON.stringify(definitionsSchema())) };
}
