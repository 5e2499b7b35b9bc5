import { type ErrorEntry, GATEWAY_ERRORS, IOT_ERRORS, serviceError } from "../../contract/errors/index.ts";
import { recommendation } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

/** What is said of a parameter that is refused before its handler runs; of any other, the general code. */
const codes: Readonly<Record<string, ErrorEntry>> = {
  GroupName: IOT_ERRORS.GroupNameInvalid,
  NewGroupName: IOT_ERRORS.GroupNameInvalid,
  ProductName: IOT_ERRORS.ProductNameInvalid,
  Description: IOT_ERRORS.ProductDescriptionLong,
  NodeType: IOT_ERRORS.NodeTypeInvalid,
  AliyunCommodityCode: IOT_ERRORS.CommodityInvalid,
  CurrentPage: IOT_ERRORS.InvalidPage,
  PageSize: IOT_ERRORS.InvalidPage,
};

/**
 * A success has no Code: old clients throw on any. A refusal of this product comes with HTTP 200, an
 * `iot.` code and ErrorMessage, never with Message; what the gateway refuses keeps its own form beside it.
 */
export const iotEnvelope: Envelope = {
  success: (result, meta) => ({
    RequestId: meta.requestId,
    ...(meta.answer?.Success === undefined ? {} : { Success: true }),
    ...result,
  }),

  failure(error, meta) {
    const product = {
      RequestId: meta.requestId,
      Success: false,
      Code: error.code,
      ErrorMessage: error.message,
    };
    if (error.code.startsWith("iot.")) return { httpStatus: error.httpStatus, body: product };
    return {
      httpStatus: error.httpStatus,
      body: {
        ...product,
        HostId: meta.hostId,
        Message: error.message,
        Recommend: recommendation(error.code),
      },
    };
  },

  invalid(issue) {
    if (issue.missing) return serviceError(GATEWAY_ERRORS.Missing, { parameter: issue.parameter });
    return serviceError(codes[issue.parameter] ?? IOT_ERRORS.InvalidParameter, {
      parameter: issue.parameter,
      detail: `${issue.parameter} ${issue.message}`,
      rule: issue.rule,
    });
  },
};
