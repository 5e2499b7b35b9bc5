import type { z } from "zod";
import { type Violation, violationsOf } from "../../contract/validation/violation.ts";

/** What Pulumi hands to `check` in place of any value that is not known yet, whatever its type. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Depth beyond which inputs are not searched; no resource nests deeper than six. */
const DEPTH_MAX = 32;

export function isUnknown(value: unknown): boolean {
  return value === UNKNOWN;
}

/** Whether the value is unknown or holds an unknown one at any depth. */
export function containsUnknown(value: unknown, depth = 0): boolean {
  if (isUnknown(value)) return true;
  if (typeof value !== "object" || value === null || depth > DEPTH_MAX) return false;
  return Object.values(value).some((member) => containsUnknown(member, depth + 1));
}

/**
 * Judges inputs of which some may be unknown. An unknown value (or a whole unknown subtree) is never a
 * violation and hides none elsewhere: not in lists, not in unions (where only what every possible member
 * refuses is reported), not in rules across fields (those are skipped only when a field they read is
 * unknown, see `withRules`). Keys that start with two underscores belong to the engine and are ignored.
 */
export function judge(schema: z.ZodType, value: unknown): Violation[] {
  return violationsOf(schema, withoutEngineKeys(value), { isUnknown });
}

function withoutEngineKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("__")));
}
