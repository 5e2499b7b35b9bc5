import { type ErrorEntry, passing, refusal } from "./entry.ts";

const TIME_STAMP = "Specified time stamp or date value";
const FLOW_CONTROL = "Request was denied due to user flow control.";
const MISMATCH = "Specified signature is not matched with our calculation.";

/**
 * What the gateway in front of every product answers. Codes, statuses and wording are from the published
 * table of common errors (help documents 434846 and 51132); `chosen` where the sources leave a gap.
 * Of two published forms the newer `Missing{Name}` / `Invalid{Name}` is used.
 */
export const GATEWAY_ERRORS = {
  Missing: refusal("Missing{Name}", 400, "{Name} is mandatory for this action.", "documented"),
  Invalid: refusal("Invalid{Name}", 400, "Specified parameter {Name} is not valid.", "documented"),
  InvalidParameterFormat: refusal(
    "InvalidParameter.Format",
    400,
    "Specified parameter format is not valid.",
    "documented",
  ),
  InvalidAccessKeyIdNotFound: refusal(
    "InvalidAccessKeyId.NotFound",
    404,
    "Specified access key is not found.",
    "documented",
  ),
  InvalidAccessKeyIdInactive: refusal(
    "InvalidAccessKeyId.Inactive",
    400,
    "Specified access key is disabled.",
    "documented",
  ),
  InvalidTimeStampFormat: refusal(
    "InvalidTimeStamp.Format",
    400,
    `${TIME_STAMP} is not well formatted.`,
    "documented",
  ),
  InvalidTimeStampExpired: refusal(
    "InvalidTimeStamp.Expired",
    400,
    `${TIME_STAMP} is expired.`,
    "documented",
  ),
  SignatureNonceUsed: refusal(
    "SignatureNonceUsed",
    400,
    "Specified signature nonce was used already.",
    "documented",
  ),
  SignatureDoesNotMatch: refusal("SignatureDoesNotMatch", 400, MISMATCH, "documented"),
  IncompleteSignature: refusal(
    "IncompleteSignature",
    400,
    "The request signature does not conform to the published standards.",
    "chosen",
  ),
  InvalidSignatureMethod: refusal(
    "InvalidSignatureMethod",
    400,
    "Specified signature method is not valid.",
    "documented",
  ),
  InvalidApiNotFound: refusal(
    "InvalidApi.NotFound",
    404,
    "Specified api is not found, please check your url and method.",
    "documented",
  ),
  InvalidProductNotFound: refusal(
    "InvalidProduct.NotFound",
    404,
    "Cannot find product according to your specified domain.",
    "documented",
  ),
  InvalidActionNotFound: refusal(
    "InvalidAction.NotFound",
    404,
    "Specified action is not found in this version.",
    "chosen",
  ),
  /** The published API has it, this service has not. */
  ActionNotServed: refusal(
    "InvalidAction.NotServed",
    404,
    "The action is published and is not served by this local service.",
    "chosen",
  ),
  InvalidVersion: refusal("InvalidVersion", 400, "Specified parameter Version is not valid.", "chosen"),
  UnsupportedHTTPMethod: refusal(
    "UnsupportedHTTPMethod",
    400,
    "This http method is not supported.",
    "documented",
  ),
  MissingSecurityToken: refusal(
    "MissingSecurityToken",
    400,
    "SecurityToken is mandatory for this action.",
    "chosen",
  ),
  InvalidSecurityTokenExpired: refusal(
    "InvalidSecurityToken.Expired",
    400,
    "Specified SecurityToken is expired.",
    "chosen",
  ),
  InvalidSecurityTokenMismatch: refusal(
    "InvalidSecurityToken.MismatchWithAccessKey",
    400,
    "Specified SecurityToken does not belong to the access key.",
    "chosen",
  ),
  ThrottlingUser: passing("Throttling.User", 400, FLOW_CONTROL, "documented"),
  ThrottlingApi: passing("Throttling.Api", 400, FLOW_CONTROL, "documented"),
  Throttling: passing("Throttling", 400, FLOW_CONTROL, "documented"),
  ForbiddenRAM: refusal(
    "Forbidden.RAM",
    403,
    "User not authorized to operate on the specified resource.",
    "documented",
  ),
  NoPermission: refusal(
    "NoPermission",
    403,
    "User not authorized to operate on the specified resource.",
    "documented",
  ),
  ServiceUnavailable: passing(
    "ServiceUnavailable",
    503,
    "The request has failed due to a temporary failure of the server.",
    "documented",
  ),
  InternalError: passing(
    "InternalError",
    500,
    "The request processing has failed due to some unknown error.",
    "documented",
  ),
} as const satisfies Record<string, ErrorEntry>;
