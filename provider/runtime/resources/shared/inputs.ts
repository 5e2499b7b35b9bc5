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
 * The answer of a check. The engine prints the value of a refused property, also of a secret one, so with
 * failures the secrets are covered; refused inputs are used for nothing else.
 */
export function checkResult(
  inputs: Properties,
  failures: readonly CheckFailure[],
  secretPaths: readonly string[],
): CheckResult {
  if (failures.length === 0) return { inputs, failures };
  const covered = secretPaths.reduce<Properties>((all, path) => covering(all, path.split(".")), inputs);
  return { inputs: covered, failures };
}

function covering(value: Properties, [key, ...rest]: readonly string[]): Properties {
  const inner = key === undefined ? undefined : value[key];
  if (key === undefined || inner === undefined) return value;
  if (rest.length === 0) return { ...value, [key]: "[secret]" };
  return typeof inner === "object" && inner !== null
    ? { ...value, [key]: covering(inner as Properties, rest) }
    : value;
}

/** The members of `props` that are inputs: what a read may return as inputs. */
export function pick(props: Properties, keys: readonly string[]): Properties {
  return Object.fromEntries(keys.filter((key) => props[key] !== undefined).map((key) => [key, props[key]]));
}
