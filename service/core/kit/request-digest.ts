import { createHash } from "node:crypto";

/**
 * What a call with a client token asked for, so that the same token with another wish is seen. `wish` is the decoded
 * request: its members stand in the order of the schema, whatever order they were sent in.
 */
export function requestDigest(wish: object): string {
  return createHash("sha256").update(JSON.stringify(wish)).digest("hex");
}
