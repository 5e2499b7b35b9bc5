import { isSecretName, scrubbed } from "../../../contract/secrets/index.ts";
import type { Keys } from "../host/keys.ts";
import type { Endpoint, Settings } from "../host/settings.ts";
import { ApiError } from "./errors.ts";

type Credential = import("@alicloud/credentials").default;
type Credentials = typeof import("@alicloud/credentials");

/** What of the chain's own text is shown at most. */
const REASON_CHARACTERS_MAX = 700;
/** Shorter values of the environment, such as `1`, stand in many a harmless word. */
const SECRET_CHARACTERS_MIN = 4;

/**
 * The keys for an endpoint: those of the configuration; else, for an address of this machine, the local
 * service's own, so that keys of the cloud are never sent there; else the official chain (environment,
 * profile, instance role), which renews what expires.
 */
export function credentials(settings: Settings): (endpoint: Endpoint) => Promise<Keys> {
  let chain: Promise<Credential> | undefined;
  let inHand: Promise<Keys> | undefined;
  const ask = async (): Promise<Keys> => {
    try {
      chain ??= officialChain();
      return keysOf(await (await chain).getCredential());
    } catch (error) {
      // The chain goes on with the last one it asked, so after a failure it has to be a new one.
      chain = undefined;
      throw noCredentials(error);
    } finally {
      inHand = undefined;
    }
  };
  return async (endpoint) => {
    const keys = settings.keysFor(endpoint);
    if (keys !== undefined) return keys;
    inHand ??= ask();
    return inHand;
  };
}

async function officialChain(): Promise<Credential> {
  const loaded = (await import("@alicloud/credentials")) as Credentials & { default: unknown };
  const chain = (typeof loaded.default === "function" ? loaded : loaded.default) as Credentials;
  return new chain.default();
}

interface ChainKeys {
  readonly accessKeyId?: string | undefined;
  readonly accessKeySecret?: string | undefined;
  readonly securityToken?: string | undefined;
}

function keysOf({ accessKeyId, accessKeySecret, securityToken }: ChainKeys): Keys {
  if (!accessKeyId || !accessKeySecret) throw new Error("the chain gave a key without its secret");
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}

function noCredentials(error: unknown): ApiError {
  const reason = withoutSecrets(error instanceof Error ? error.message : String(error), process.env);
  return new ApiError("credentials", {
    kind: "refused",
    code: "NoCredentials",
    problem: "NoCredentials",
    message:
      "there are no keys for the cloud. Give CHANGE_TRACKING_ACCESS_KEY_ID and CHANGE_TRACKING_ACCESS_KEY_SECRET, or those " +
      "of a stack with `pulumi config set --secret changetracking:accessKeyId` and " +
      "`pulumi config set --secret changetracking:accessKeySecret`, or keys where the official clients look for them " +
      `(ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, a profile, an instance's role). They say: ${reason}`,
  });
}

/**
 * The chain's reasons without what must not be shown: it repeats the whole text of a profile file that cannot be
 * parsed, and the answers of the servers it asks.
 */
export function withoutSecrets(
  reason: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const secrets = Object.entries(environment).flatMap(([name, value = ""]) => {
    // Where a file of secrets lies helps whoever has to mend it.
    const isSecret = isSecretName(name) && !name.endsWith("_FILE");
    return isSecret && value.length >= SECRET_CHARACTERS_MIN ? [value] : [];
  });
  let shown = reason.replace(/(parse aliyun cli config from '[^']*' failed)[\s\S]*/, "$1");
  shown = shown.replace(/[{<][\s\S]*/, "(…)");
  shown = scrubbed(shown, secrets);
  shown = shown.replace(/\/\/[^/\s@]+@/g, "//").replace(/\?[^\s,]*/g, "");
  return shown.length <= REASON_CHARACTERS_MAX ? shown : `${shown.slice(0, REASON_CHARACTERS_MAX)}…`;
}
