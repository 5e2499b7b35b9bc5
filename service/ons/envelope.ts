import { GATEWAY_ERRORS, ONS_ERRORS, serviceError } from "../../contract/errors/index.ts";
import { gatewayFields } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

/** A success has the published fields and nothing else; a failure is the gateway's form. */
export const onsEnvelope: Envelope = {
  success: (result, meta) => ({ RequestId: meta.requestId, ...result }),

  failure: (error, meta) => ({ httpStatus: error.httpStatus, body: gatewayFields(error, meta) }),

  invalid(issue) {
    if (issue.missing) return serviceError(GATEWAY_ERRORS.Missing, { parameter: issue.parameter });
    return serviceError(ONS_ERRORS.InvalidParameter, {
      parameter: issue.parameter,
      detail: `${issue.parameter} ${issue.message}`,
      rule: issue.rule,
    });
  },
};
