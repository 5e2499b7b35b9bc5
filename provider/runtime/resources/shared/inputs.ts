import type { Violation } from "../../../../contract/validation/violation.ts";
import type { CheckFailure, Properties } from "../../resource.ts";

/** Puts a default where nothing was given. */
export function withDefaults(inputs: Properties, defaults: Properties): Properties {
  const missing = Object.entries(defaults).filter(
    ([key]) => inputs[key] === undefined || inputs[key] === null,
  );
  return { ...inputs, ...Object.fromEntries(missing) };
}

/** Inputs with what the program alone shows to be wrong with them: nobody is asked. */
export interface Judged {
  readonly inputs: Properties;
  /** By the schema. */
  readonly violations: readonly Violation[];
  /** Against the other resources that the session has seen. */
  readonly conflicts: readonly CheckFailure[];
}

export function failuresOf(violations: readonly Violation[]): CheckFailure[] {
  return violations.map(({ property, message, rule }) => ({ property, reason: message, rule }));
}

/** The input's word for what the API says; undefined where it has none. */
export function wordOf<T extends string>(
  words: Readonly<Record<T, string>>,
  value: string | undefined,
): T | undefined {
  return (Object.keys(words) as T[]).find((word) => words[word] === value);
}

/** The members of `props` that are inputs: what a read may return as inputs. */
export function pick(props: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(keys.filter((key) => props[key] !== undefined).map((key) => [key, props[key]]));
}
