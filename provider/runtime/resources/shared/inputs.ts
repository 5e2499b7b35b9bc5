import type { Violation } from "../../../../contract/limits/violation.ts";
import type { CheckFailure, CheckResult, Properties } from "../../resource.ts";

/** Puts a default where nothing was given. */
export function withDefaults(inputs: Properties, defaults: Properties): Properties {
  const missing = Object.entries(defaults).filter(
    ([key]) => inputs[key] === undefined || inputs[key] === null,
  );
  return { ...inputs, ...Object.fromEntries(missing) };
}

export function failuresOf(violations: readonly Violation[]): CheckFailure[] {
  return violations.map(({ property, message }) => ({ property, reason: message }));
}

/**
 * The answer of a check. The engine prints the value of a refused property, which it looks up by this name, and it
 * prints secrets in clear. A space behind the name of a property that is or holds a secret makes it find nothing.
 */
export function checkResult(
  inputs: Properties,
  failures: readonly CheckFailure[],
  secretPaths: readonly string[],
): CheckResult {
  const roots = secretPaths.map((path) => path.split(".")[0]);
  const hidden = failures.map((failure) =>
    roots.includes(failure.property) ? { ...failure, property: `${failure.property} ` } : failure,
  );
  return { inputs, failures: hidden };
}

/** The members of `props` that are inputs: what a read may return as inputs. */
export function pick(props: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(keys.filter((key) => props[key] !== undefined).map((key) => [key, props[key]]));
}
