import { dataTypesRefusal } from "../../../contract/limits/source.ts";
import { invalidParameter } from "./failures.ts";

/** Refuses a task that would track nothing; `parameter` is the name of the flag at fault. */
export function requireDataTypes(types: { dml: boolean; ddl: boolean }, parameter: string): void {
  const text = dataTypesRefusal(types);
  if (text !== undefined) throw invalidParameter(parameter, `${parameter} ${text}.`);
}
