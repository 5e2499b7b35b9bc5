import type { Api } from "./api.ts";
import { apiVersions } from "./api-versions.ts";
import { describeGroups } from "./describe-groups.ts";
import { fetch } from "./fetch.ts";
import { findCoordinator } from "./find-coordinator.ts";
import { heartbeat } from "./heartbeat.ts";
import { joinGroup } from "./join-group.ts";
import { leaveGroup } from "./leave-group.ts";
import { listGroups } from "./list-groups.ts";
import { listOffsets } from "./list-offsets.ts";
import { metadata } from "./metadata.ts";
import { offsetCommit } from "./offset-commit.ts";
import { offsetFetch } from "./offset-fetch.ts";
import { produce } from "./produce.ts";
import { saslAuthenticate } from "./sasl-authenticate.ts";
import { saslHandshake } from "./sasl-handshake.ts";
import { syncGroup } from "./sync-group.ts";

/** All that is served, in the order of their keys; clients are told this list. */
export const apis: readonly Api[] = [
  produce,
  fetch,
  listOffsets,
  metadata,
  offsetCommit,
  offsetFetch,
  findCoordinator,
  joinGroup,
  heartbeat,
  leaveGroup,
  syncGroup,
  describeGroups,
  listGroups,
  saslHandshake,
  apiVersions,
  saslAuthenticate,
];

/** Throws when two have the same key or name. */
export function byKey(all: readonly Api[]): ReadonlyMap<number, Api> {
  const keys = new Map<number, Api>();
  const names = new Set<string>();
  for (const one of all) {
    const other = keys.get(one.key);
    if (other) throw new Error(`${one.name} and ${other.name} both have the key ${one.key}`);
    if (names.has(one.name)) throw new Error(`${one.name} is listed twice`);
    keys.set(one.key, one);
    names.add(one.name);
  }
  return keys;
}
