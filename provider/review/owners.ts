import type { KindName } from "../identity.ts";
import { type Change, oldProperties } from "./changes.ts";
import { isMembers } from "./values.ts";

/** Who is to be asked about a resource: a person or team, or the file that defines it. */
export type OwnerOf = (kind: KindName, name: string) => string | undefined;

export const DEFAULT_OWNER_TAG = "owner";

/**
 * The owner of each change, by URN: what the definitions say, else the tag of the thing itself, else the tag of the
 * instance that it belongs to, where the plan shows it.
 */
export function ownersOf(
  changes: readonly Change[],
  tag: string,
  defined: OwnerOf = () => undefined,
): ReadonlyMap<string, string> {
  const own = new Map(
    changes.flatMap((one) => entry(one.urn, defined(one.kind, one.name) ?? tagOf(one, tag))),
  );
  const inherited = changes.flatMap((one) => {
    const instances = [...instancesOf(one.now), ...instancesOf(one.old)];
    return entry(one.urn, own.get(one.urn) ?? instances.flatMap((urn) => own.get(urn) ?? [])[0]);
  });
  return new Map(inherited);
}

function entry(urn: string, owner: string | undefined): [string, string][] {
  return owner === undefined ? [] : [[urn, owner]];
}

function tagOf(change: Change, tag: string): string | undefined {
  for (const { tags } of [change.now?.inputs ?? {}, oldProperties(change)]) {
    const owner = isMembers(tags) && Object.hasOwn(tags, tag) ? tags[tag] : undefined;
    if (typeof owner === "string" && owner !== "") return owner;
  }
  return undefined;
}

function instancesOf(state: Change["old"]): readonly string[] {
  const { instance, source } = state?.propertyDependencies ?? {};
  return [...(instance ?? []), ...(source ?? [])];
}
