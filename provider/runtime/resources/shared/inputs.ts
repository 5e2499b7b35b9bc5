import type { Violation } from "../../../../contract/validation/violation.ts";
import type { CheckFailure, Properties } from "../../resource.ts";

/** Puts a default where nothing was given. */
export function withDefaults(inputs: Properties, defaults: Properties): Properties {
  const missing = Object.entries(defaults).filter(
    ([key]) => inputs[key] === undefined || inputs[key] === null,
  );
  return { ...inputs, ...Object.fromEntries(missing) };
}

export function failuresOf(violations: readonly Violation[]): CheckFailure[] {
  return violations.map(({ property, message, rule }) => ({ property, reason: message, rule }));
}

/** The members of `props` that are inputs: what a read may return as inputs. */
export function pick(props: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(keys.filter((key) => props[key] !== undefined).map((key) => [key, props[key]]));
}
