import { NO_HOST_DOMAIN } from "../../../contract/local.ts";
import type { Settings } from "../../core/settings/service-options.ts";
import type { SourceEndpoint } from "../entities.ts";

/** Where consumers connect. The three published addresses of one broker, each `host:port`. */
interface BrokerAddresses {
  readonly public: string;
  readonly vpc: string;
  readonly internal: string;
}

/**
 * The addresses of the settings (`rooms.dts.brokers: { public, vpc, internal }`), else the published form with a host
 * that never resolves: nothing listens here yet, and the cloud's own hosts are nobody's to send a password to.
 */
export function brokerAddresses(settings: Settings, region: string): BrokerAddresses {
  const configured = configuredBrokers(settings);
  return {
    public: configured.public ?? `dts-${region}.${NO_HOST_DOMAIN}:18001`,
    vpc: configured.vpc ?? configured.public ?? `dts-${region}-vpc.${NO_HOST_DOMAIN}:18003`,
    internal: configured.internal ?? configured.public ?? `dts-${region}-internal.${NO_HOST_DOMAIN}:18002`,
  };
}

/** Says in the status where the addresses come from. */
export function brokerForm(settings: Settings): "configured" | "none" {
  return configuredBrokers(settings).public === undefined ? "none" : "configured";
}

function configuredBrokers(settings: Settings): Partial<BrokerAddresses> {
  const room = settings.rooms.dts as { brokers?: Partial<BrokerAddresses> } | undefined;
  return room?.brokers ?? {};
}

/**
 * The topic of a job: `cn_hangzhou_<source instance>_<database>_version2`. A source without an instance id is
 * named by the tracking instance, and so is the second job over the same source: two jobs never share a topic.
 */
export function topicName(
  region: string,
  source: SourceEndpoint,
  database: string,
  jobInstanceId: string,
  taken: (topic: string) => boolean,
): string {
  const name = (part: string) =>
    `${region}_${part}_${database || "all"}_version2`.replaceAll(/[^A-Za-z0-9_]/g, "_");
  const published = name(source.instanceId || jobInstanceId);
  return taken(published) ? name(jobInstanceId) : published;
}

/** The database that the job tracks: the one named, else the first of its objects. */
export function trackedDatabase(source: SourceEndpoint, objects: string): string {
  return source.databaseName || (objectNames(objects)[0] ?? "");
}

/** The top-level names of the objects: databases, or schemas of the one database. */
export function objectNames(objects: string): string[] {
  return Object.keys(JSON.parse(objects) as Record<string, unknown>);
}
