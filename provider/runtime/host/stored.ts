import { ApiError, advised, withAdvice } from "../api/errors.ts";
import { ProviderError } from "./errors.ts";
import { areKeysRefused, KEY_NAMES } from "./keys.ts";
import type { Settings } from "./settings.ts";

const WAY = [
  "Unreachable",
  "HostNotFound",
  "NoAnswer",
  "CertificateRefused",
  "WrongProtocol",
  "NotTheService",
];

/**
 * Refresh and destroy without the program are given the configuration that the last update has stored: the engine
 * hands over the provider of the state. What has changed since then is the likely cause of a failure on the way.
 */
export function withStoredAdvice(settings: Settings, error: unknown): unknown {
  const isOfKeys =
    error instanceof ApiError && areKeysRefused(error.code) && !error.code.startsWith("InvalidTimeStamp");
  if (isOfKeys && !settings.hasKeysOfEnvironment) {
    const [id, secret, token] = KEY_NAMES.environment;
    return withAdvice(error, advice("keys", `${id}, ${secret} and, with a security token, ${token}`));
  }
  const isWay = error instanceof ProviderError ? WAY.includes(error.code) : isLostWay(error);
  if (!isWay || settings.hasEndpointOfEnvironment) return error;
  const text = advice("endpoint", "CHANGE_TRACKING_ENDPOINT");
  if (error instanceof ApiError) return withAdvice(error, text);
  const { code, detail } = error as ProviderError;
  return new ProviderError(code, advised(detail, text), { cause: error });
}

function isLostWay(error: unknown): boolean {
  return error instanceof ApiError && error.problem !== undefined;
}

function advice(what: "keys" | "endpoint", variables: string): string {
  return (
    `A refresh or a destroy uses the ${what} that the last \`pulumi up\` has stored. Where the configuration has new ones, ` +
    `run \`pulumi up\` first, or add \`--run-program\`; or give ${variables} for this run`
  );
}
