import { UsageError, type Values } from "./environment-variables.ts";
import type { TextForm } from "./settings-file.ts";

/* One value of a flag, or of its environment variable, as what it stands for. Each throws UsageError. */

export function stringOf(values: Values, name: string): string | undefined {
  const value = values[name];
  if (value === "") throw new UsageError(`--${name} needs a value`);
  return typeof value === "string" ? value : undefined;
}

export function booleanOf(values: Values, name: string): boolean | undefined {
  const value = values[name];
  return typeof value === "boolean" ? value : undefined;
}

export function numberOf(
  values: Values,
  name: string,
  min: number,
  max: number,
  whole: boolean,
): number | undefined {
  const given = stringOf(values, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  const fits = Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits && given.trim() !== "") return value;
  throw new UsageError(
    `--${name} must be ${whole ? "an integer" : "a number"} from ${min} to ${max}, got ${given}`,
  );
}

export function matching(
  values: Values,
  name: string,
  { pattern, what, isShown = true }: TextForm,
): string | undefined {
  const given = stringOf(values, name);
  if (given === undefined || pattern.test(given)) return given;
  throw new UsageError(`--${name} must be ${what}${isShown ? `, got ${given}` : ""}`);
}

export function oneOf<One extends string>(
  values: Values,
  name: string,
  known: readonly One[],
): One | undefined {
  const given = stringOf(values, name);
  const found = known.find((one) => one === given);
  if (given === undefined || found !== undefined) return found;
  throw new UsageError(`--${name} must be one of ${known.join(", ")}, got ${given}`);
}
