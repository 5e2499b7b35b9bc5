import type { CheckFailure, KnownIdentity, Properties } from "../../resource.ts";
import { knownString } from "./unique.ts";

/** Refuses a region that is not the one of the change tracking instance, where the program makes the instance. */
export function regionFailures({ region }: KnownIdentity, inputs: Properties, rule?: string): CheckFailure[] {
  const given = knownString(inputs.region);
  if (region === undefined || given === undefined || region === given) return [];
  const text = `region must be that of the change tracking instance, ${region}, got ${given}`;
  return [{ property: "region", reason: text, rule }];
}
