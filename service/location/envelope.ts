import { gatewayFailure } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

/** The older clients read `Success` next to the fields of the action. */
export const envelope: Envelope = {
  success: (result, meta) => ({ RequestId: meta.requestId, Success: true, ...result }),
  failure: (error, meta) => ({ httpStatus: error.httpStatus, body: gatewayFailure(error, meta) }),
};
