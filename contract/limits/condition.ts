import type { z } from "zod";
import { refuse } from "./text.ts";

/** A condition between parameters that does not hold: where, and what to put behind the name of that place. */
export interface Unmet {
  readonly at: readonly (string | number)[];
  readonly text: string;
}

/** For `superRefine`: says every condition that does not hold at its own parameter. */
export function holds<T>(conditions: (value: T) => readonly (Unmet | undefined)[]) {
  return (value: T, ctx: z.RefinementCtx): void => {
    for (const unmet of conditions(value)) {
      if (unmet !== undefined) refuse(ctx, unmet.text, undefined, unmet.at);
    }
  };
}

/** A condition that a member is there. */
export function needs(isNeeded: boolean, value: unknown, at: Unmet["at"], why: string): Unmet | undefined {
  if (!isNeeded || (value !== undefined && value !== null && value !== "")) return undefined;
  return { at, text: `is required ${why}` };
}
