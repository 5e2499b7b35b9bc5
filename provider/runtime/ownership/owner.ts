import { randomBytes } from "node:crypto";
import { ApiError } from "../api/errors.ts";
import type { Session } from "../host/session.ts";
import type { Properties, ResourceKind } from "../resource.ts";

/*
 * A resource that takes over what exists gets a word of its own. It stands in its state under a name that the engine
 * shows nowhere, in a note of this machine, and where the service has room for it as a mark on the thing. A delete
 * whose state does not have the word of the last one that took over leaves the thing to that one.
 */

/** Hidden output: two underscores keep it out of previews and of what `diff` and `update` are given. */
const OWNER = "__owner";

/** What a create leaves in the state; `outs` may be those of one that failed half-way. */
export async function ownedOutputs(
  session: Session,
  kind: ResourceKind,
  { id, outs }: { readonly id: string; readonly outs: Properties },
): Promise<Properties> {
  const held = await kind.heldAs(session, id, outs);
  const thing = noteKey(session, kind, held);
  if (!session.memory.holders.wasTakenOver(held)) {
    session.takenOver.forget(thing);
    return outs;
  }
  const owner = randomBytes(6).toString("hex");
  session.takenOver.note(thing, owner);
  try {
    await kind.mark?.write(session, id, outs, owner);
  } catch {
    // An account that may not set tags, or a thing that has too many: the note of this machine is left.
  }
  return { ...outs, [OWNER]: owner };
}

/** Updates and reads keep the word. */
export function keepOwner(before: Properties, outs: Properties): Properties {
  return before[OWNER] === undefined ? outs : { ...outs, [OWNER]: before[OWNER] };
}

/**
 * Whether another resource has taken the thing over, in whichever run: then it stays. `props` are those of the state,
 * the hidden ones included.
 */
export async function isAnothers(
  session: Session,
  kind: ResourceKind,
  id: string,
  props: Properties,
): Promise<boolean> {
  const held = await kind.heldAs(session, id, props);
  // Who has it in this run is known better than by any mark.
  if (session.memory.isHeld(held)) return false;
  const owner = await ownerOf(session, kind, id, props);
  if (owner === undefined || owner === props[OWNER]) return false;
  session.log.warn(
    `${kind.name} ${id} stays: another resource, perhaps of another stack, has taken it over since (adoptExisting). ` +
      "This state does not hold it any more. If no other does either, delete it by hand",
  );
  return true;
}

/** The one that had taken it over has let it go: it is gone, or a resource of this run has it too. */
export async function forgetOwner(
  session: Session,
  kind: ResourceKind,
  id: string,
  props: Properties,
): Promise<void> {
  if (props[OWNER] === undefined || props[OWNER] !== (await ownerOf(session, kind, id, props))) return;
  session.takenOver.forget(noteKey(session, kind, await kind.heldAs(session, id, props)));
  await kind.mark?.remove(session, id, props).catch(() => {});
}

/** The mark at the service is the same for all machines, so it counts before the note. */
async function ownerOf(
  session: Session,
  kind: ResourceKind,
  id: string,
  props: Properties,
): Promise<string | undefined> {
  const held = await kind.heldAs(session, id, props);
  return (await markOf(session, kind, id, props)) ?? session.takenOver.ownerOf(noteKey(session, kind, held));
}

/** Undefined too where nobody may ask. */
async function markOf(
  session: Session,
  kind: ResourceKind,
  id: string,
  props: Properties,
): Promise<string | undefined> {
  try {
    return await kind.mark?.read(session, id, props);
  } catch (error) {
    if (error instanceof ApiError && error.kind === "refused") return undefined;
    throw error;
  }
}

/** The same id at another service is another thing. */
function noteKey({ settings }: Session, { name }: ResourceKind, held: string): string {
  return JSON.stringify([settings.endpointOf("dts", settings.region).address, name, held]);
}
