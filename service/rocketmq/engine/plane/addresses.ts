import { hostAndPort, reachableHost } from "../../../../contract/host.ts";
import type { Kernel } from "../../../core/kit/kernel.ts";
import { findLifecycle } from "../lifecycle.ts";

/** Where clients of the instance connect; undefined while nobody listens for them. Behind a wildcard this machine is meant. */
export function messagingAddress(
  { settings, store }: Pick<Kernel, "settings" | "store">,
  instanceId: string,
): string | undefined {
  const place = findLifecycle({ store })?.plane?.place(instanceId);
  if (!place || "failure" in place) return undefined;
  const { host, port, advertised } = settings.rocketmq;
  if (advertised === undefined) return hostAndPort(reachableHost(host ?? settings.host), place.port);
  const at = advertised.lastIndexOf(":");
  return `${advertised.slice(0, at)}:${Number(advertised.slice(at + 1)) + (place.port - port)}`;
}
