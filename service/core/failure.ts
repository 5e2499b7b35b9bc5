import { GATEWAY_ERRORS, ServiceError, serviceError } from "../../contract/errors/index.ts";
import type { Call } from "./call.ts";
import type { Logger } from "./log.ts";
import { isDiskFull } from "./sqlite.ts";

const secretName = /password|secret|token|privatekey|webhook/i;
const secretsMax = 100;

export const diskFullText =
  "The disk is full, or a quota or the largest size of a file is reached; nothing was stored. Make room and repeat the call.";

/**
 * The failure to answer with. Anything but a ServiceError is a defect (or a full disk): it is logged with the
 * request id, without the values of secret parameters, and the caller learns only the id.
 */
export function describeFailure(error: unknown, call: Call, log: Logger): ServiceError {
  if (error instanceof ServiceError) return error;
  const { requestId, action } = call;
  if (isDiskFull(error)) {
    log.error("store.full", { requestId, action });
    return serviceError(GATEWAY_ERRORS.ServiceUnavailable, {
      detail: diskFullText,
    });
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error("call.failed", { requestId, product: call.room?.name, action, error: scrub(text, call.input) });
  return serviceError(GATEWAY_ERRORS.InternalError, {
    detail: `Look for ${requestId} in the service's log.`,
  });
}

/** Takes the values of secret parameters out of a text. */
export function scrub(text: string, input: unknown): string {
  let scrubbed = text;
  for (const secret of secretsOf(input, false, 0)) scrubbed = scrubbed.replaceAll(secret, "***");
  return scrubbed;
}

function secretsOf(value: unknown, secret: boolean, depth: number): string[] {
  if (typeof value === "string") return secret && value !== "" ? [value] : [];
  if (typeof value !== "object" || value === null || depth > 8) return [];
  return Object.entries(value)
    .flatMap(([name, member]) => secretsOf(member, secret || secretName.test(name), depth + 1))
    .slice(0, secretsMax);
}
