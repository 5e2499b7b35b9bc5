import { GATEWAY_ERRORS, ROCKETMQ_ERRORS, serviceError } from "../../contract/errors/index.ts";
import { gatewayFields } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

/**
 * Lower-case names as published. A failure carries the gateway's capital names beside them, because the older
 * clients read nothing else.
 */
export const rocketmqEnvelope: Envelope = {
  success: (result, meta) => ({
    requestId: meta.requestId,
    success: true,
    code: "200",
    httpStatusCode: 200,
    ...result,
  }),

  failure(error, meta) {
    const { code, message, httpStatus } = error;
    const name = error.parameter ?? "";
    return {
      httpStatus,
      body: {
        requestId: meta.requestId,
        success: false,
        code,
        message,
        httpStatusCode: httpStatus,
        dynamicCode: error.dynamicCode ?? name.charAt(0).toUpperCase() + name.slice(1),
        dynamicMessage: error.dynamicMessage ?? name,
        ...gatewayFields(error, meta),
      },
    };
  },

  /** A member is named alone, as the published codes do; the text says where it stands. */
  invalid(issue) {
    const members = issue.parameter.split(".");
    const parameter = members.findLast((member) => !/^\d+$/.test(member)) ?? issue.parameter;
    if (parameter === "") {
      return serviceError(GATEWAY_ERRORS.InvalidParameterFormat, { detail: `${issue.message}.` });
    }
    const named = { parameter, dynamicMessage: parameter };
    if (issue.missing) return serviceError(ROCKETMQ_ERRORS.MissingParameter, named);
    return serviceError(ROCKETMQ_ERRORS.InvalidParameter, {
      ...named,
      detail: `${issue.parameter} ${issue.message}`,
      rule: issue.rule,
    });
  },
};
