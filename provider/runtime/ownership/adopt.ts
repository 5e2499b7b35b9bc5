import { shown } from "../../../contract/limits/message.ts";
import { ProviderError } from "../host/errors.ts";
import type { Session } from "../host/session.ts";
import type { Properties } from "../resource.ts";

/**
 * Why a create must not take a thing over although it has the wanted name; undefined when nothing speaks against it.
 * A replacement that took over what it replaces would see it deleted at its end, and a resource that took over
 * what another one of the program has would change it under its hands.
 */
export function adoptionObstacle(
  { memory }: Session,
  urn: string | undefined,
  held: string,
): string | undefined {
  if (memory.holders.isReplacedBy(held, urn)) {
    return (
      "it is the one that this replacement is to replace. Give the resource another name, or let the old one go first " +
      "(resource option deleteBeforeReplace: true)"
    );
  }
  if (memory.isHeld(held)) {
    return "another resource of this program has it. Give one of them another name, or leave one of them out";
  }
  return undefined;
}

/** An input that cannot be changed in place, as it is and as the program has it. */
export interface Mismatch {
  readonly property: string;
  readonly present: unknown;
  readonly wanted: unknown;
}

/** The inputs of one object that differ, each under its own name. */
export function mismatchesOf(
  present: Properties,
  wanted: Properties,
  keys: readonly string[],
  prefix = "",
): Mismatch[] {
  return keys.flatMap((key) =>
    (present[key] ?? undefined) === (wanted[key] ?? undefined)
      ? []
      : [{ property: `${prefix}${key}`, present: present[key], wanted: wanted[key] }],
  );
}

/** Nothing was changed. Never to be given a secret. */
export function adoptionRefusedError(what: string, mismatches: readonly Mismatch[]): ProviderError {
  const list = mismatches.map(
    ({ property, present, wanted }) =>
      `${property} is ${shownValue(present)} there and ${shownValue(wanted)} in the program`,
  );
  return new ProviderError(
    "AdoptionRefused",
    `${what} is not taken over, and nothing was changed, because it differs in what cannot be changed in place: ` +
      `${list.join("; ")}. Write the program as it is there, or give another name`,
  );
}

function shownValue(value: unknown): string {
  return value === undefined || value === null ? "not set" : shown(value);
}
