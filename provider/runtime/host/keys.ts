import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../../contract/local.ts";
import { ProviderError } from "./errors.ts";

export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
}

/** Where keys come from, for messages. */
export type KeysSource = "environment" | "configuration" | "local" | "chain";

/** What to write keys into: id, secret and, where there is one, token. */
export const KEY_NAMES = {
  environment: [
    "CHANGE_TRACKING_ACCESS_KEY_ID",
    "CHANGE_TRACKING_ACCESS_KEY_SECRET",
    "CHANGE_TRACKING_SECURITY_TOKEN",
  ],
  configuration: [
    "changetracking:accessKeyId",
    "changetracking:accessKeySecret",
    "changetracking:securityToken",
  ],
} as const satisfies Record<string, KeyNames>;

type KeyNames = readonly [id: string, secret: string, token: string];

/** For addresses of this machine alone. */
export const LOCAL_KEYS: Keys = {
  accessKeyId: LOCAL_ACCESS_KEY_ID,
  accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
};

/** Id, secret and token come from one place. */
export function environmentKeys(environment: Readonly<Record<string, string | undefined>>): Keys | undefined {
  return keyPair(
    emptyToUndefined(environment.CHANGE_TRACKING_ACCESS_KEY_ID),
    emptyToUndefined(environment.CHANGE_TRACKING_ACCESS_KEY_SECRET),
    emptyToUndefined(environment.CHANGE_TRACKING_SECURITY_TOKEN),
    KEY_NAMES.environment,
  );
}

export function configuredKeys(get: (name: string) => string | undefined): Keys | undefined {
  return keyPair(get("accessKeyId"), get("accessKeySecret"), get("securityToken"), KEY_NAMES.configuration);
}

function keyPair(
  id: string | undefined,
  secret: string | undefined,
  token: string | undefined,
  [idName, secretName, tokenName]: KeyNames,
): Keys | undefined {
  if (id === undefined && secret === undefined) {
    if (token === undefined) return undefined;
    throw new ProviderError(
      "InvalidConfiguration",
      `${tokenName} is set without ${idName} and ${secretName}: the three come from one place`,
    );
  }
  if (id === undefined || secret === undefined) {
    const missing = id === undefined ? idName : secretName;
    throw new ProviderError(
      "InvalidConfiguration",
      `${idName} and ${secretName} go together: ${missing} is missing; set both, or neither`,
    );
  }
  return {
    accessKeyId: id,
    accessKeySecret: secret,
    ...(token === undefined ? {} : { securityToken: token }),
  };
}

function emptyToUndefined(value: string | undefined): string | undefined {
  return value === undefined || value === "" ? undefined : value;
}

/** Codes by which a product's gateway refuses keys, whatever the call. */
const REFUSED =
  /^(InvalidAccessKeyId|InvalidSecurityToken|MissingSecurityToken|SignatureDoesNotMatch|IncompleteSignature|InvalidTimeStamp|Forbidden\.AccessKey)/;

export function areKeysRefused(code: string): boolean {
  return REFUSED.test(code);
}

/** Which keys were refused and what to do; never a key. */
export function adviceForKeys(source: KeysSource, code: string): string {
  if (code.startsWith("InvalidTimeStamp")) {
    return "The clocks of this machine and of the service differ: set this machine's clock";
  }
  const isToken = /SecurityToken/.test(code);
  if (source === "local") {
    return `No keys are configured and the local service's own pair was sent: set ${KEY_NAMES.configuration[0]} and ${KEY_NAMES.configuration[1]}`;
  }
  if (source === "chain") {
    return "The keys are those that the official clients find (ALIBABA_CLOUD_ACCESS_KEY_ID, a profile, an instance's role)";
  }
  const [id, secret, token] = KEY_NAMES[source];
  const set = source === "configuration" ? "`pulumi config set --secret`" : "the environment";
  return isToken
    ? `The keys are those of ${id}: a security token has its own id and secret, so give all three anew (${id}, ${secret}, ${token}) by ${set}`
    : `The keys are those of ${id} and ${secret}: give the right ones by ${set}`;
}
