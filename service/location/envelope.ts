import type { Envelope } from "../core/action.ts";
import { gatewayFailure } from "../core/answer.ts";

/** The older clients read `Success` next to the fields of the action. */
export const envelope: Envelope = {
  success: (result, meta) => ({ RequestId: meta.requestId, Success: true, ...result }),
  failure: (error, meta) => ({ httpStatus: error.httpStatus, body: gatewayFailure(error, meta) }),
};
