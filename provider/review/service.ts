import { loadKind } from "../runtime/host/kinds.ts";
import { productOf, wayProblem } from "../runtime/host/probe.ts";
import { makeSession, type Session } from "../runtime/host/session.ts";
import type { Environment } from "../runtime/host/settings.ts";
import { takenOverFiles, takenOverFolder } from "../runtime/ownership/taken-over.ts";
import type { Properties } from "../runtime/resource.ts";
import { type Change, oldProperties } from "./changes.ts";

export interface ServiceParts {
  /** The stack's configuration by full key; secrets in clear. */
  readonly config: Readonly<Record<string, string>>;
  readonly environment: Environment;
}

/**
 * The service as the provider asks it, with the same settings, keys and clients; a review only looks.
 * Throws ProviderError `InvalidConfiguration` when the settings cannot be understood.
 */
export function openService({ config, environment }: ServiceParts): Session {
  const notes = takenOverFiles(takenOverFolder(environment), () => Date.now());
  return makeSession({
    read: (key) => (Object.hasOwn(config, key) ? config[key] : undefined),
    environment,
    // Only a run that takes over or deletes writes such notes.
    takenOver: { ownerOf: notes.ownerOf, note: () => {}, forget: () => {} },
  });
}

/** What keeps the service from being asked about a resource; asked once for each address. */
export function problemWith(session: Session, kind: string, props: Properties): Promise<string | undefined> {
  return wayProblem(session, productOf(kind, props), props.region);
}

/** Tells the run what the state knows, as a diff of each resource would; nothing is asked. */
export async function recall(session: Session, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    if (change.old === undefined) continue;
    const kind = await loadKind(change.kind);
    await kind.recall?.(session, oldProperties(change));
  }
}
