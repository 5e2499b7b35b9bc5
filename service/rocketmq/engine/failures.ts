import { ROCKETMQ_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";

/** A parameter whose value cannot stand; `detail` says what is allowed and never holds a secret. */
export function invalidParameter(parameter: string, detail: string, rule?: string): ServiceError {
  return serviceError(ROCKETMQ_ERRORS.InvalidParameter, {
    parameter,
    dynamicMessage: parameter,
    detail,
    rule,
  });
}

/** A parameter that is needed beside others that were given. */
export function missingParameter(parameter: string): ServiceError {
  return serviceError(ROCKETMQ_ERRORS.MissingParameter, { parameter, dynamicMessage: parameter });
}
