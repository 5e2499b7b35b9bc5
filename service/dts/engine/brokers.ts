import { hostAndPort, reachableHost } from "../../../contract/host.ts";
import { NO_HOST_DOMAIN } from "../../../contract/local.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job } from "../entities.ts";
import { settingsOf } from "../settings.ts";
import { findLifecycle } from "./lifecycle.ts";
import { capturedSource } from "./plane/capture-order.ts";

/** Where consumers connect. The three published addresses of one broker, each `host:port`. */
interface BrokerAddresses {
  readonly public: string;
  readonly vpc: string;
  readonly internal: string;
}

/**
 * The addresses of the settings (`rooms.dts.brokers: { public, vpc, internal }`), else the service's own where the source is
 * captured, else the published form with a host that never resolves: nothing is to be read there, and the cloud's own hosts
 * are nobody's to send a password to.
 */
export function brokerAddresses(kernel: Pick<Kernel, "settings" | "store">, job: Job): BrokerAddresses {
  const { brokers } = settingsOf(kernel);
  const isCaptured = capturedSource(kernel, job.configuration) !== undefined;
  const own = isCaptured ? ownAddress(kernel) : undefined;
  const ownPublic = isCaptured ? ownPublicAddress(kernel) : undefined;
  const form = (suffix: string, port: number) =>
    own ?? `dts-${job.region}${suffix}.${NO_HOST_DOMAIN}:${port}`;
  return {
    public: brokers.public ?? ownPublic ?? form("", 18_001),
    vpc: brokers.vpc ?? brokers.public ?? form("-vpc", 18_003),
    internal: brokers.internal ?? brokers.public ?? form("-internal", 18_002),
  };
}

/** Says in the status where the addresses come from. */
export function brokerForm(kernel: Pick<Kernel, "settings" | "store">): "configured" | "own" | "none" {
  if (settingsOf(kernel).brokers.public !== undefined) return "configured";
  return ownAddress(kernel) === undefined ? "none" : "own";
}

/** Where this service's listener is reached; undefined while it has no port. Behind a wildcard this machine is meant. */
export function ownAddress({ settings, store }: Pick<Kernel, "settings" | "store">): string | undefined {
  return addressOf(settings, settings.kafka, findLifecycle({ store })?.plane.threads.place?.port);
}

/** Where its second port is reached, for clients that come another way; undefined where there is none. */
export function ownPublicAddress({
  settings,
  store,
}: Pick<Kernel, "settings" | "store">): string | undefined {
  const { public: second } = settings.kafka;
  return second && addressOf(settings, second, findLifecycle({ store })?.plane.threads.place?.publicPort);
}

function addressOf(
  settings: Kernel["settings"],
  { advertised, port: wanted }: { readonly advertised?: string | undefined; readonly port: number },
  port = wanted,
): string | undefined {
  if (advertised !== undefined) return advertised;
  if (port === 0) return undefined;
  return hostAndPort(reachableHost(settings.kafka.host ?? settings.host), port);
}
