import { GATEWAY_ERRORS, ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { scrubbed, secretsIn, textWithoutSecrets } from "../../../contract/secrets/index.ts";
import type { Logger } from "../kit/log.ts";
import { isDiskFull } from "../store/sqlite-store.ts";
import type { Call } from "./call.ts";

export const DISK_FULL_TEXT =
  "The disk is full, or a quota or the largest size of a file is reached; nothing was stored. Make room and repeat the call.";

/**
 * The failure to answer with. Anything but a ServiceError is a defect (or a full disk): it is logged with the
 * request id, without the values of secret parameters, and the caller learns only the id.
 */
export function describeFailure(error: unknown, call: Call, log: Logger): ServiceError {
  if (error instanceof ServiceError) {
    // Messages repeat what was given; one that repeats a secret by mistake does not leave here.
    error.message = scrubbed(error.message, secretsIn(call.input));
    return error;
  }
  const { requestId, action } = call;
  if (isDiskFull(error)) {
    log.error("store.full", { requestId, action });
    return serviceError(GATEWAY_ERRORS.ServiceUnavailable, {
      detail: DISK_FULL_TEXT,
    });
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error("call.failed", {
    requestId,
    product: call.room?.name,
    action,
    error: textWithoutSecrets(scrubbed(text, secretsIn(call.input))),
  });
  return serviceError(GATEWAY_ERRORS.InternalError, {
    detail: `Look for ${requestId} in the service's log.`,
  });
}
