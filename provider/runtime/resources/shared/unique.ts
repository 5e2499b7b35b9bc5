import { shown } from "../../../../contract/limits/message.ts";
import { withRule } from "../../../../contract/validation/refusal.ts";
import { isUnknown } from "../../../schema/unknown.ts";
import type { Declared } from "../../host/memory.ts";
import type { CheckFailure } from "../../resource.ts";

/** `name must be unique in a region, but the resource audit has "x" too`. */
export function notUniqueMessage(
  field: string,
  within: string,
  value: string | undefined,
  other: Declared,
): string {
  return `${field} must be unique ${within}, but the resource ${logicalName(other)} has ${shown(value)} too`;
}

/**
 * The refusal of something that another resource has too. Of the two the program may have refused the other one,
 * which then says the same with the names exchanged: once is enough.
 */
export function notUniqueFailures(
  property: string,
  self: Declared,
  other: Declared | undefined,
  text: (other: Declared) => string,
  rule?: string,
): CheckFailure[] {
  if (other === undefined || other.said?.includes(withRule(text(self), rule)) === true) return [];
  return [{ property, reason: text(other), rule }];
}

/** The name of the resource in the program. */
export function logicalName(declared: Declared): string {
  return declared.self.split("::").at(-1) ?? declared.self;
}

export function knownString(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}
