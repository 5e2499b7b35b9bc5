import { CMS_ERRORS, GATEWAY_ERRORS, serviceError } from "../../contract/errors/index.ts";
import { recommendation } from "../core/http/write-answer.ts";
import type { Envelope } from "../core/kit/action.ts";

/** ALR-2: what a rule cannot be without. */
const ofARule = ["RuleName", "Namespace", "MetricName", "ContactGroups"];

/** Code is a string unless the action publishes a number; one that fails with HTTP 200 says so in its own fields. */
export const cmsEnvelope: Envelope = {
  success: (result, meta) => ({
    RequestId: meta.requestId,
    ...(meta.answer?.Success === undefined ? {} : { Success: true }),
    Code: meta.answer?.Code === "integer" ? 200 : "200",
    Message: "",
    ...result,
  }),

  failure: (error, meta) => ({
    httpStatus: error.httpStatus,
    body: {
      RequestId: meta.requestId,
      HostId: meta.hostId,
      Success: false,
      Code: error.code,
      Message: error.message,
      Recommend: recommendation(error.code),
    },
  }),

  invalid(issue) {
    const { parameter } = issue;
    const rule = issue.rule ?? (ofARule.includes(parameter) ? "ALR-2" : undefined);
    if (issue.missing) {
      return serviceError(GATEWAY_ERRORS.Missing, { parameter, rule });
    }
    return serviceError(CMS_ERRORS.InvalidParameter, {
      parameter,
      detail: `${parameter} ${issue.message}`,
      rule: issue.rule,
    });
  },
};
