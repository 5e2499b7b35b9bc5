import { bareHost, hostAndPort } from "../../../contract/host.ts";
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
  const own = capturedSource(kernel, job.configuration) && ownAddress(kernel);
  const form = (suffix: string, port: number) =>
    own ?? `dts-${job.region}${suffix}.${NO_HOST_DOMAIN}:${port}`;
  return {
    public: brokers.public ?? form("", 18_001),
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
  const { advertised, port: wanted, host = settings.host } = settings.kafka;
  const place = findLifecycle({ store })?.plane.threads.place;
  const port = place?.port ?? wanted;
  if (advertised !== undefined) return advertised;
  if (port === 0) return undefined;
  const reachable = ["0.0.0.0", "::", "[::]"].includes(host) ? "127.0.0.1" : bareHost(host);
  return hostAndPort(reachable, port);
}
