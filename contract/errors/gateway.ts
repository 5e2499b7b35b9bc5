import { type ErrorEntry, permanentError, transientError } from "./entry.ts";

const TIME_STAMP = "Specified time stamp or date value";
const FLOW_CONTROL = "Request was denied due to user flow control.";
const MISMATCH = "Specified signature is not matched with our calculation.";

/**
 * What the gateway in front of every product answers. Codes, statuses and wording are from the published
 * table of common errors (help documents 434846 and 51132); `chosen` where the sources leave a gap.
 * Of two published forms the newer `Missing{Name}` / `Invalid{Name}` is used.
 */
export const GATEWAY_ERRORS = {
  Missing: permanentError("Missing{Name}", 400, "{Name} is mandatory for this action.", "documented"),
  Invalid: permanentError("Invalid{Name}", 400, "Specified parameter {Name} is not valid.", "documented"),
  InvalidParameterFormat: permanentError(
    "InvalidParameter.Format",
    400,
    "Specified parameter format is not valid.",
    "documented",
  ),
  InvalidAccessKeyIdNotFound: permanentError(
    "InvalidAccessKeyId.NotFound",
    404,
    "Specified access key is not found.",
    "documented",
  ),
  InvalidAccessKeyIdInactive: permanentError(
    "InvalidAccessKeyId.Inactive",
    400,
    "Specified access key is disabled.",
    "documented",
  ),
  InvalidTimeStampFormat: permanentError(
    "InvalidTimeStamp.Format",
    400,
    `${TIME_STAMP} is not well formatted.`,
    "documented",
  ),
  InvalidTimeStampExpired: permanentError(
    "InvalidTimeStamp.Expired",
    400,
    `${TIME_STAMP} is expired.`,
    "documented",
  ),
  SignatureNonceUsed: permanentError(
    "SignatureNonceUsed",
    400,
    "Specified signature nonce was used already.",
    "documented",
  ),
  SignatureDoesNotMatch: permanentError("SignatureDoesNotMatch", 400, MISMATCH, "documented"),
  IncompleteSignature: permanentError(
    "IncompleteSignature",
    400,
    "The request signature does not conform to the published standards.",
    "chosen",
  ),
  InvalidSignatureMethod: permanentError(
    "InvalidSignatureMethod",
    400,
    "Specified signature method is not valid.",
    "documented",
  ),
  InvalidApiNotFound: permanentError(
    "InvalidApi.NotFound",
    404,
    "Specified api is not found, please check your url and method.",
    "documented",
  ),
  InvalidProductNotFound: permanentError(
    "InvalidProduct.NotFound",
    404,
    "Cannot find product according to your specified domain.",
    "documented",
  ),
  InvalidActionNotFound: permanentError(
    "InvalidAction.NotFound",
    404,
    "Specified action is not found in this version.",
    "chosen",
  ),
  /** The published API has it, this service has not. */
  ActionNotServed: permanentError(
    "InvalidAction.NotServed",
    404,
    "The action is published and is not served by this local service.",
    "chosen",
  ),
  InvalidVersion: permanentError(
    "InvalidVersion",
    400,
    "Specified parameter Version is not valid.",
    "chosen",
  ),
  UnsupportedHTTPMethod: permanentError(
    "UnsupportedHTTPMethod",
    400,
    "This http method is not supported.",
    "documented",
  ),
  MissingSecurityToken: permanentError(
    "MissingSecurityToken",
    400,
    "SecurityToken is mandatory for this action.",
    "chosen",
  ),
  InvalidSecurityTokenExpired: permanentError(
    "InvalidSecurityToken.Expired",
    400,
    "Specified SecurityToken is expired.",
    "chosen",
  ),
  InvalidSecurityTokenMismatch: permanentError(
    "InvalidSecurityToken.MismatchWithAccessKey",
    400,
    "Specified SecurityToken does not belong to the access key.",
    "chosen",
  ),
  ThrottlingUser: transientError("Throttling.User", 400, FLOW_CONTROL, "documented"),
  ThrottlingApi: transientError("Throttling.Api", 400, FLOW_CONTROL, "documented"),
  Throttling: transientError("Throttling", 400, FLOW_CONTROL, "documented"),
  ForbiddenRAM: permanentError(
    "Forbidden.RAM",
    403,
    "User not authorized to operate on the specified resource.",
    "documented",
  ),
  NoPermission: permanentError(
    "NoPermission",
    403,
    "User not authorized to operate on the specified resource.",
    "documented",
  ),
  ServiceUnavailable: transientError(
    "ServiceUnavailable",
    503,
    "The request has failed due to a temporary failure of the server.",
    "documented",
  ),
  InternalError: transientError(
    "InternalError",
    500,
    "The request processing has failed due to some unknown error.",
    "documented",
  ),
} as const satisfies Record<string, ErrorEntry>;
