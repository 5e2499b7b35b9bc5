import { createHash } from "node:crypto";

/**
 * What a call with a client token asked for, so that the same token with another request is seen. `request` is decoded:
 * its members stand in the order of the schema, whatever order they were sent in.
 */
export function requestDigest(request: object): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}
