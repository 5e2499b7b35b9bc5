/* What `loadDefinitions` and the command read definitions with; a bundle of its own, which no other program loads. */
export { definitionsSchema, SCHEMA_ID } from "./json-schema.ts";
export { DefinitionReference, Refused, replaceMarkers, SecretReference } from "./markers.ts";
export { PROBLEMS, type Problem, type ProblemCode } from "./problem.ts";
export { readDefinitions } from "./read.ts";
export type { Definition, ReadOptions, ReadResult } from "./result.ts";
export { type Paint, problemsText } from "./text.ts";
