import {
  EVENTBRIDGE_ERRORS,
  GATEWAY_ERRORS,
  type ServiceError,
  serviceError,
} from "../../contract/errors/index.ts";
import { recommendation } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

const ownCodes = new Set<string>(Object.values(EVENTBRIDGE_ERRORS).map((entry) => entry.code));

/** A refusal of this product comes with HTTP 200; what the gateway refuses keeps its own form and status. */
export const eventbridgeEnvelope: Envelope = {
  success: (result, meta) => ({
    RequestId: meta.requestId,
    Code: "Success",
    Message: "",
    Success: true,
    ...result,
  }),

  failure(error, meta) {
    const product = {
      RequestId: meta.requestId,
      Success: false,
      Code: error.code,
      Message: error.message,
    };
    if (ownCodes.has(error.code)) return { httpStatus: error.httpStatus, body: product };
    return {
      httpStatus: error.httpStatus,
      body: { ...product, HostId: meta.hostId, Recommend: recommendation(error.code) },
    };
  },

  invalid(issue) {
    // What is missing inside JSON text is no parameter of the call.
    if (issue.missing && !issue.parameter.includes(".")) {
      return serviceError(GATEWAY_ERRORS.Missing, { parameter: issue.parameter });
    }
    return invalidArgument(`${issue.parameter} ${issue.message}`, issue.parameter, issue.rule);
  },
};

/** `text` says which argument, what is allowed and what was given; never a secret. */
export function invalidArgument(text: string, parameter?: string, rule?: string): ServiceError {
  return serviceError(EVENTBRIDGE_ERRORS.InvalidArgument, {
    detail: text,
    rule,
    ...(parameter === undefined ? {} : { parameter }),
  });
}
