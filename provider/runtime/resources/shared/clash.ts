import { shown, withRule } from "../../../../contract/limits/message.ts";
import { isUnknown } from "../../../schema/unknown.ts";
import type { Declared } from "../../host/memory.ts";
import type { CheckFailure } from "../../resource.ts";

/** `name must be unique in a region, but the resource audit has "x" too`. */
export function sameText(
  field: string,
  within: string,
  value: string | undefined,
  other: Declared,
  rule?: string,
): string {
  const text = `${field} must be unique ${within}, but the resource ${logicalName(other)} has ${shown(value)} too`;
  return withRule(text, rule);
}

/**
 * The refusal of something that another resource has too. Of the two the program may have refused the other one,
 * which then says the same with the names exchanged: once is enough.
 */
export function clash(
  property: string,
  self: Declared,
  other: Declared | undefined,
  text: (other: Declared) => string,
): CheckFailure[] {
  if (other === undefined || other.said?.includes(text(self)) === true) return [];
  return [{ property, reason: text(other) }];
}

/** The name of the resource in the program. */
export function logicalName(declared: Declared): string {
  return declared.self.split("::").at(-1) ?? declared.self;
}

export function knownText(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}
