import { loadKind } from "../runtime/host/kinds.ts";
import { productOf, wayProblem } from "../runtime/host/probe.ts";
import { makeSession, type Session } from "../runtime/host/session.ts";
import type { Environment } from "../runtime/host/settings.ts";
import { takenOverFiles, takenOverFolder } from "../runtime/ownership/taken-over.ts";
import type { Properties } from "../runtime/resource.ts";
import { type Change, oldProperties } from "./changes.ts";

/** The service as the provider asks it: same settings, keys and clients. Nothing that is called here changes anything. */
export interface Service {
  readonly session: Session;
  /** What the provider has said meanwhile, which is taken out by reading it. */
  said(): string[];
}

export interface ServiceParts {
  /** The stack's configuration by full key; secrets in clear. */
  readonly config: Readonly<Record<string, string>>;
  readonly environment: Environment;
}

/** Throws ProviderError `InvalidConfiguration` when the settings cannot be understood. */
export function openService({ config, environment }: ServiceParts): Service {
  let messages: string[] = [];
  const say = (message: string) => messages.push(message);
  const notes = takenOverFiles(takenOverFolder(environment), () => Date.now());
  const session = makeSession({
    read: (key) => (Object.hasOwn(config, key) ? config[key] : undefined),
    environment,
    log: { warn: say, info: say, progress: () => {} },
    // Only a run that takes over or deletes writes such notes.
    takenOver: { ownerOf: notes.ownerOf, note: () => {}, forget: () => {} },
  });
  return {
    session,
    said: () => {
      const said = messages;
      messages = [];
      return said;
    },
  };
}

/** What keeps the service from being asked about a resource; asked once for each address. */
export function problemWith(service: Service, kind: string, props: Properties): Promise<string | undefined> {
  return wayProblem(service.session, productOf(kind, props), props.region);
}

/** Tells the run what the state knows, as a diff of each resource would; nothing is asked. */
export async function recall({ session }: Service, changes: readonly Change[]): Promise<void> {
  for (const change of changes) {
    if (change.old === undefined) continue;
    const kind = await loadKind(change.kind);
    await kind.recall?.(session, oldProperties(change));
  }
}
