import { bareHost } from "./host.ts";

/** Where the local service listens when nothing else is said, and the key pair it knows from the start. */
export const LOCAL_HOST = "127.0.0.1";
export const LOCAL_PORT = 8780;
/** Where Kafka clients read from the local service. */
export const LOCAL_KAFKA_PORT = 18_001;
/** Where clients of the first RocketMQ 5.x instance connect to the local service; others take the next free ports. */
export const LOCAL_ROCKETMQ_PORT = 18_081;
export const LOCAL_ENDPOINT = `http://${LOCAL_HOST}:${LOCAL_PORT}`;

/**
 * The default key pair. It is public knowledge, so the service accepts it on loopback addresses only
 * and refuses to listen anywhere else with it.
 */
export const LOCAL_ACCESS_KEY_ID = "local";
export const LOCAL_ACCESS_KEY_SECRET = "local-secret";

/**
 * The top-level domain that never resolves (RFC 2606). Where the published form of an answer wants a host and nothing
 * listens for it here, the host is below this one: nobody's machine is ever named, and no password sent to it.
 */
export const NO_HOST_DOMAIN = "invalid";

const NO_ADDRESS = new RegExp(`^(?:[a-z]+://)?(?:[^/:]+\\.)?${NO_HOST_DOMAIN}(?::\\d+)?(?:/.*)?$`, "i");

/** Whether an address (`host`, `host:port` or a URL) is one of those that stand for none. */
export function isNoAddress(address: string): boolean {
  return NO_ADDRESS.test(address);
}

/** The resource group of what is made in none: every account has a default one, so the answers never say none. */
export const DEFAULT_RESOURCE_GROUP_ID = "rg-default";

/** True for addresses that only this machine can reach. */
export function isLoopbackHost(host: string): boolean {
  const name = bareHost(host).toLowerCase();
  return name === "localhost" || name === "::1" || /^127(\.\d{1,3}){3}$/.test(name);
}
