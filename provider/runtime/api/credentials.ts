import type { Endpoint, Settings } from "../settings.ts";

type Credential = import("@alicloud/credentials").default;
type Credentials = typeof import("@alicloud/credentials");

/**
 * The keys for an endpoint: those of the configuration; else, for an address of this machine, the local
 * service's own, so that keys of the cloud are never sent there; else the official chain (environment,
 * profile, instance role).
 */
export async function loadCredential(settings: Settings, endpoint: Endpoint): Promise<Credential> {
  const loaded = (await import("@alicloud/credentials")) as Credentials & { default: unknown };
  const package_ = (typeof loaded.default === "function" ? loaded : loaded.default) as Credentials;
  const keys = settings.keysFor(endpoint);
  if (keys === undefined) return new package_.default();
  const config = new package_.Config({
    type: keys.securityToken === undefined ? "access_key" : "sts",
    accessKeyId: keys.accessKeyId,
    accessKeySecret: keys.accessKeySecret,
    ...(keys.securityToken === undefined ? {} : { securityToken: keys.securityToken }),
  });
  return new package_.default(config);
}
