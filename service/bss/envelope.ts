import { gatewayFields } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

/** `Code`, `Message` and `Success` in both cases; a success says so in words. */
export const bssEnvelope: Envelope = {
  success: (result, meta) => ({
    RequestId: meta.requestId,
    Code: "Success",
    Message: "Successful!",
    Success: true,
    ...result,
  }),
  failure: (error, meta) => ({
    httpStatus: error.httpStatus,
    body: { ...gatewayFields(error, meta), Success: false },
  }),
};
