import { timingSafeEqual } from "node:crypto";

/** Equality whose time does not depend on where the texts differ. The length of a signature is no secret. */
export function sameSignature(expected: string, claimed: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(claimed);
  // Compared with itself when the lengths differ, so that the work is the same.
  const same = timingSafeEqual(a, a.length === b.length ? b : a);
  return same && a.length === b.length;
}

/** Whether one of the accepted forms gives the claimed signature; all are tried, none ends the loop early. */
export function anySigns(
  candidates: Iterable<string>,
  sign: (stringToSign: string) => string,
  claimed: string,
): boolean {
  let found = false;
  for (const candidate of new Set(candidates)) {
    if (sameSignature(sign(candidate), claimed)) found = true;
  }
  return found;
}
