import { DTS_ERRORS, GATEWAY_ERRORS, serviceError } from "../../contract/errors/index.ts";
import { gatewayFields } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

/** Parameters that hold JSON text with members of their own. */
const jsonParameters = ["SubscriptionObject", "Tags"];

/**
 * Each action publishes `Success`, `HttpStatusCode` and `Code` as text, as number or flag, or not at all; the
 * definition says which. A failure carries the gateway's fields and the product's own.
 */
export const dtsEnvelope: Envelope = {
  success(result, meta) {
    const shape = meta.answer ?? {};
    return {
      RequestId: meta.requestId,
      ...(shape.Success === undefined ? {} : { Success: shape.Success === "string" ? "true" : true }),
      ...(shape.HttpStatusCode === undefined
        ? {}
        : { HttpStatusCode: shape.HttpStatusCode === "string" ? "200" : 200 }),
      ...(shape.Code === undefined ? {} : { Code: shape.Code === "string" ? "200" : 200 }),
      ...result,
    };
  },

  failure(error, meta) {
    return {
      httpStatus: error.httpStatus,
      body: {
        ...gatewayFields(error, meta),
        Success: false,
        ErrCode: error.code,
        ErrMessage: error.message,
        HttpStatusCode: error.httpStatus,
        DynamicMessage: error.dynamicMessage ?? error.parameter ?? "",
      },
    };
  },

  invalid(issue) {
    if (issue.missing) return serviceError(GATEWAY_ERRORS.Missing, { parameter: issue.parameter });
    return serviceError(DTS_ERRORS.InvalidParameter, {
      parameter: sentName(issue.parameter),
      detail: `${issue.parameter} ${issue.message}`,
      rule: issue.rule,
    });
  },
};

/** A place inside JSON text is no parameter of its own: the code names the one that was sent. */
function sentName(path: string): string {
  return jsonParameters.find((name) => path.startsWith(`${name}.`)) ?? path;
}
