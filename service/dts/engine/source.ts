import type { Settings } from "../../core/settings/service-options.ts";
import type { SourceEndpoint } from "../entities.ts";

type EngineFamily = "mysql" | "postgres" | "other";

export interface SourceTarget {
  readonly family: EngineFamily;
  readonly host: string;
  readonly port: number;
  /** The settings say where it is, not the caller. */
  readonly isConfigured: boolean;
}

const families: Readonly<Record<string, EngineFamily>> = {
  mysql: "mysql",
  mariadb: "mysql",
  polardb: "mysql",
  postgresql: "postgres",
  polardb_pg: "postgres",
};

const defaultPorts: Readonly<Record<string, number>> = {
  mysql: 3306,
  mariadb: 3306,
  polardb: 3306,
  drds: 3306,
  postgresql: 5432,
  polardb_pg: 5432,
  polardb_o: 1521,
  oracle: 1521,
};

/** How an engine is checked, by its published name in any case. */
function familyOf(engineName: string): EngineFamily {
  return families[engineName.toLowerCase()] ?? "other";
}

/**
 * The address of a source: its own host and port, or the address that the settings map its instance id to.
 * Undefined when only an instance id is known that the settings do not map: the source is declared only.
 */
export function targetOf(
  source: Pick<SourceEndpoint, "engineName" | "host" | "port" | "instanceId">,
  settings: Settings,
): SourceTarget | undefined {
  const family = familyOf(source.engineName);
  if (source.host !== "") {
    const port = Number(source.port) || defaultPort(source.engineName);
    return { family, host: source.host, port, isConfigured: false };
  }
  const known = settings.sourceInstances;
  const mapped = Object.hasOwn(known, source.instanceId) ? known[source.instanceId] : undefined;
  return mapped && { family, host: mapped.host, port: mapped.port, isConfigured: true };
}

function defaultPort(engineName: string): number {
  return defaultPorts[engineName.toLowerCase()] ?? 3306;
}
